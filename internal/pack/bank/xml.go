package bank

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"lectern/internal/diag"
)

// The caps on what others send us. Real banks stay far below them.
const (
	MaxBytes = 8 << 20
	maxDepth = 64
	maxNodes = 400_000
)

// Node is an element of an XML file, or a run of text in one when Name is empty.
type Node struct {
	Name     string // without its namespace
	Space    string // the namespace
	Attrs    []xml.Attr
	Text     string
	Children []*Node
	Pos      diag.Pos
}

// ParseXML reads a file that may come from anybody. It refuses what XML readers are attacked with: document types, entities,
// other encodings, depth and size.
func ParseXML(file string, src []byte) (*Node, *diag.Diagnostic) {
	at := diag.Pos{File: file}
	if len(src) > MaxBytes {
		return nil, refuse(at, "import-size", "export fewer questions at a time", "the file has more than %d MB", MaxBytes>>20)
	}
	if !utf8.Valid(src) {
		return nil, refuse(at, "import-encoding", "save the file as UTF-8", "the file is not in UTF-8")
	}
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(string(src), "\ufeff")))
	root := &Node{}
	open := []*Node{root}
	for nodes := 0; ; nodes++ {
		line, col := d.InputPos()
		at.Line, at.Col = line, col
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, malformed(at, err)
		}
		if nodes > maxNodes {
			return nil, refuse(at, "import-size", "export fewer questions at a time", "the file has more than %d elements", maxNodes)
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.Directive:
			return nil, refuse(at, "import-doctype", "remove the <!DOCTYPE ...> line and write characters instead of entities", "the file has a document type")
		case xml.StartElement:
			if len(open) > maxDepth {
				return nil, refuse(at, "import-depth", "the file was made by no question bank that is known here", "elements are nested deeper than %d", maxDepth)
			}
			n := &Node{Name: t.Name.Local, Space: t.Name.Space, Attrs: append([]xml.Attr(nil), t.Attr...), Pos: at}
			top.Children = append(top.Children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.Children = append(top.Children, &Node{Text: string(t), Pos: at})
		}
	}
	for _, c := range root.Children {
		if c.Name != "" {
			return c, nil
		}
	}
	return nil, refuse(diag.Pos{File: file, Line: 1, Col: 1}, "import-xml", "choose the file that the question bank exported", "the file has no XML element")
}

func refuse(at diag.Pos, rule, hint, format string, args ...any) *diag.Diagnostic {
	d := diag.Errorf(at, rule, hint, format, args...)
	return &d
}

func malformed(at diag.Pos, err error) *diag.Diagnostic {
	var syntax *xml.SyntaxError
	message := err.Error()
	if errors.As(err, &syntax) {
		at, message = diag.Pos{File: at.File, Line: syntax.Line}, syntax.Msg
	}
	if strings.Contains(message, "CharsetReader") {
		return refuse(at, "import-encoding", "save the file as UTF-8", "the file says that it is not in UTF-8")
	}
	return refuse(at, "import-xml", "export the file again, or mend it at this line", "the file is not well-formed XML: %s", message)
}

// Attr is the value of an attribute, by its name without namespace; "" when it is absent.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name.Local == name && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

// First is the first child element with one of the names, nil when there is none. It may be called on nil.
func (n *Node) First(names ...string) *Node {
	if n == nil {
		return nil
	}
	for _, name := range names {
		for _, c := range n.Children {
			if c.Name == name {
				return c
			}
		}
	}
	return nil
}

// All lists the child elements with a name; all of them for "".
func (n *Node) All(name string) []*Node {
	var out []*Node
	if n != nil {
		for _, c := range n.Children {
			if c.Name != "" && (name == "" || c.Name == name) {
				out = append(out, c)
			}
		}
	}
	return out
}

// Content is all text below the node.
func (n *Node) Content() string {
	var out strings.Builder
	n.content(&out)
	return out.String()
}

func (n *Node) content(out *strings.Builder) {
	if n == nil {
		return
	}
	out.WriteString(n.Text)
	for _, c := range n.Children {
		c.content(out)
	}
}

// Inner is what stands in the node, as XML without namespaces.
func (n *Node) Inner() string {
	var out strings.Builder
	if n != nil {
		for _, c := range n.Children {
			c.print(&out)
		}
	}
	return out.String()
}

func (n *Node) print(out *strings.Builder) {
	if n.Name == "" {
		out.WriteString(Escape(n.Text))
		return
	}
	fmt.Fprintf(out, "<%s", n.Name)
	for _, a := range n.Attrs {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			fmt.Fprintf(out, ` %s="%s"`, a.Name.Local, Escape(a.Value))
		}
	}
	if len(n.Children) == 0 {
		out.WriteString("/>")
		return
	}
	out.WriteByte('>')
	for _, c := range n.Children {
		c.print(out)
	}
	fmt.Fprintf(out, "</%s>", n.Name)
}

// Escape makes text safe in XML, in attributes too. What XML cannot hold, such as control characters, becomes U+FFFD.
func Escape(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s))
	return strings.NewReplacer("&#xA;", "\n", "&#34;", "&quot;", "&#39;", "'").Replace(out.String())
}
