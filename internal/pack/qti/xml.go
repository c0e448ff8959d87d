package qti

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"

	"lectern/internal/pack/bank"
)

// element makes an element from its name and pairs of attribute and value. An attribute without a value is left out.
func element(name string, attrs ...string) *bank.Node {
	n := &bank.Node{Name: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			n.Attrs = append(n.Attrs, xml.Attr{Name: xml.Name{Local: attrs[i]}, Value: attrs[i+1]})
		}
	}
	return n
}

// with adds children and gives the element.
func with(n *bank.Node, children ...*bank.Node) *bank.Node {
	n.Children = append(n.Children, children...)
	return n
}

// words is a run of text.
func words(s string) *bank.Node { return &bank.Node{Text: s} }

// html lists the elements that both versions take from HTML, with the attributes that both let them have (QTI 2.1 information model,
// section 6; QTI 3 adds more). All other elements are QTI's own.
var html = map[string][]string{
	"p": nil, "div": {"class"}, "span": {"class"}, "br": nil, "em": nil, "strong": nil, "i": nil, "b": nil, "code": {"class"}, "pre": nil,
	"sub": nil, "sup": nil, "q": nil, "cite": nil, "kbd": nil, "samp": nil, "var": nil, "small": nil, "tt": nil, "big": nil, "dfn": nil,
	"abbr": nil, "acronym": nil, "address": nil, "a": {"href"},
	"ul": nil, "ol": nil, "li": nil, "dl": nil, "dt": nil, "dd": nil, "blockquote": nil, "hr": nil,
	"h1": nil, "h2": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil,
	"table": nil, "caption": nil, "thead": nil, "tbody": nil, "tfoot": nil, "tr": nil, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"},
	"col": nil, "colgroup": nil,
	"img": {"src", "alt", "width", "height"}, "object": {"data", "type", "width", "height"},
}

// element3 is the name in version 3 of an element of version 2.1.
func element3(name string) string {
	if _, ok := html[name]; ok {
		return name
	}
	return "qti-" + kebab(name)
}

// kebab writes responseIdentifier as response-identifier.
func kebab(name string) string {
	var out strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			out.WriteByte('-')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

// camel writes response-identifier as responseIdentifier.
func camel(name string) string {
	var out strings.Builder
	up := false
	for _, r := range name {
		switch {
		case r == '-':
			up = true
		case up:
			out.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// mixed lists QTI's elements in which white space is text.
var mixed = map[string]bool{
	"simpleChoice": true, "simpleAssociableChoice": true, "inlineChoice": true, "hottext": true, "prompt": true, "value": true, "baseValue": true,
	"feedbackInline": true,
}

// print writes an item or a test, in the names of the version.
func (v Version) print(root *bank.Node) []byte {
	namespace, schema := "http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
	if v == V30 {
		namespace, schema = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
	}
	p := printer{v3: v == V30}
	p.document(root, namespace, schema)
	return []byte(p.out.String())
}

type printer struct {
	out strings.Builder
	v3  bool
}

func (p *printer) document(root *bank.Node, namespace, schema string) {
	own := root.Attrs
	root.Attrs = append(element("", "xmlns", namespace, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance",
		"xsi:schemaLocation", namespace+" "+schema).Attrs, own...)
	p.out.WriteString(xml.Header)
	p.node(root, 0)
	p.out.WriteByte('\n')
	root.Attrs = own
}

// node writes an element and what stands in it, on lines of their own where white space is not text.
func (p *printer) node(n *bank.Node, depth int) {
	if n.Name == "" {
		p.out.WriteString(bank.Escape(n.Text))
		return
	}
	name := n.Name
	_, borrowed := html[name]
	if p.v3 {
		name = element3(name)
	}
	fmt.Fprintf(&p.out, "<%s", name)
	for _, a := range n.Attrs {
		key := a.Name.Local
		if p.v3 && !borrowed && !strings.Contains(key, ":") {
			key = kebab(key)
		}
		fmt.Fprintf(&p.out, ` %s="%s"`, key, bank.Escape(a.Value))
	}
	if len(n.Children) == 0 {
		p.out.WriteString("/>")
		return
	}
	p.out.WriteByte('>')
	lines := !borrowed && !mixed[n.Name]
	for _, c := range n.Children {
		lines = lines && c.Name != ""
	}
	for _, c := range n.Children {
		if lines {
			p.out.WriteString("\n" + strings.Repeat("  ", depth+1))
		}
		p.node(c, depth+1)
	}
	if lines {
		p.out.WriteString("\n" + strings.Repeat("  ", depth))
	}
	fmt.Fprintf(&p.out, "</%s>", name)
}

// canonical brings what was read into the names of version 2.1.
func canonical(n *bank.Node) {
	if name, ok := strings.CutPrefix(n.Name, "qti-"); ok {
		n.Name = camel(name)
		for i := range n.Attrs {
			n.Attrs[i].Name.Local = camel(n.Attrs[i].Name.Local)
		}
	}
	for _, c := range n.Children {
		canonical(c)
	}
}
