package qti

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lectern/internal/course"
	"lectern/internal/markdown"
	"lectern/internal/pack/bank"
)

// The marks of a question's own in its Markdown: {{id}} is where a gap stands, [[id: words]] can be marked.
var (
	gapMark  = regexp.MustCompile(`\{\{([a-z0-9-]+)\}\}`)
	textMark = regexp.MustCompile(`\[\[([a-z0-9-]+): ((?:[^\]])+)\]\]`)
)

// markup renders a text as the markup that both versions know: well-formed XHTML from which everything else is taken out by name.
// place, where it is not nil, gives the element for a gap's or a mark's id; every id is placed once.
func (i *item) markup(t course.Text, what string, marks *regexp.Regexp, place func(id string, inner []*bank.Node) *bank.Node) []*bank.Node {
	image := func(dest string) string { return i.picture(dest) }
	src, err := markdown.XHTML(t.Value, image)
	if err != nil {
		i.x.err = err
		return nil
	}
	if place != nil {
		src = marks.ReplaceAllStringFunc(src, func(mark string) string {
			m := marks.FindStringSubmatch(mark)
			if len(m) > 2 {
				return fmt.Sprintf(`<lectern-mark id="%s">%s</lectern-mark>`, m[1], m[2])
			}
			return fmt.Sprintf(`<lectern-mark id="%s"/>`, m[1])
		})
	}
	root, bad := bank.ParseXML("", []byte("<div>"+src+"</div>"))
	if bad != nil { // a mark in an attribute or across markup: the words stay
		i.lose("the formatting of %s", what)
		root = with(element("div"), with(element("p"), i.marked(t.Value, marks, place != nil)...))
	}
	c := cleaner{i: i, place: place}
	return c.blocks(c.clean(root.Children))
}

// marked splits plain text at its marks.
func (i *item) marked(s string, marks *regexp.Regexp, split bool) []*bank.Node {
	if !split {
		return []*bank.Node{words(s)}
	}
	var out []*bank.Node
	at := 0
	for _, m := range marks.FindAllStringSubmatchIndex(s, -1) {
		mark := element("lectern-mark", "id", s[m[2]:m[3]])
		if len(m) > 4 {
			with(mark, words(s[m[4]:m[5]]))
		}
		out = append(out, words(s[at:m[0]]), mark)
		at = m[1]
	}
	return append(out, words(s[at:]))
}

// cleaner takes out of XHTML what QTI's part of it does not have.
type cleaner struct {
	i     *item
	place func(id string, inner []*bank.Node) *bank.Node
}

func (c cleaner) clean(nodes []*bank.Node) []*bank.Node {
	var out []*bank.Node
	for _, n := range nodes {
		out = append(out, c.node(n)...)
	}
	return out
}

func (c cleaner) node(n *bank.Node) []*bank.Node {
	if n.Name == "" {
		return []*bank.Node{words(n.Text)}
	}
	id := n.Attr("id")
	switch {
	case n.Name == "lectern-mark":
		inner := c.clean(n.Children)
		if placed := c.place(id, inner); placed != nil {
			return []*bank.Node{placed}
		}
		return append([]*bank.Node{words("{{" + id + "}}")}, inner...)
	case n.Name == "sup" && strings.HasPrefix(id, "fnref"), n.Name == "div" && n.Attr("class") == "footnotes":
		c.i.lose("the footnotes")
		return nil
	case n.Name == "input":
		c.i.lose("boxes to tick")
		return nil
	}
	known, ok := html[n.Name]
	if !ok {
		c.i.lose("the formatting <%s>", n.Name)
		return c.clean(n.Children)
	}
	out := &bank.Node{Name: n.Name, Children: c.clean(n.Children)}
	for _, a := range n.Attrs {
		switch {
		case slices.Contains(known, a.Name.Local):
			out.Attrs = append(out.Attrs, a)
		case a.Name.Local == "title":
			c.i.lose("the captions of pictures")
		case a.Name.Local == "align" || a.Name.Local == "style":
			c.i.lose("the alignment of columns")
		default:
			c.i.lose("the attribute %s of <%s>", a.Name.Local, n.Name)
		}
	}
	if n.Name == "table" {
		body(out)
	}
	if out.Name == "table" || out.Name == "tr" || out.Name == "thead" || out.Name == "tbody" || out.Name == "ul" || out.Name == "ol" || out.Name == "dl" {
		out.Children = slices.DeleteFunc(out.Children, func(n *bank.Node) bool { return n.Name == "" })
	}
	return []*bank.Node{out}
}

// body gives a table that has headings only the body that QTI's tables must have.
func body(table *bank.Node) {
	if table.First("tbody") == nil {
		for _, head := range table.All("thead") {
			head.Name = "tbody"
		}
	}
}

// inlines are the elements that stand in a paragraph.
var inlines = strings.Fields(`br em strong i b code sub sup q cite kbd samp var small tt big dfn abbr acronym a span img
	textEntryInteraction inlineChoiceInteraction hottext`)

func inline(n *bank.Node) bool { return n.Name == "" || slices.Contains(inlines, n.Name) }

// blocks puts what stands outside of paragraphs into paragraphs, and leaves out white space between blocks.
func (c cleaner) blocks(nodes []*bank.Node) []*bank.Node {
	var out []*bank.Node
	var open *bank.Node
	for _, n := range nodes {
		switch {
		case open == nil && n.Name == "" && strings.TrimSpace(n.Text) == "":
		case inline(n):
			if open == nil {
				open = element("p")
				out = append(out, open)
			}
			with(open, n)
		default:
			open = nil
			out = append(out, n)
		}
	}
	return out
}

// prose renders a text as blocks.
func (i *item) prose(p course.Prose, what string) []*bank.Node {
	return i.markup(p.Text, what, nil, nil)
}

// flow is a text for where blocks and words may both stand: without the paragraph when it is a single one.
func (i *item) flow(p course.Prose, what string) []*bank.Node {
	return unwrapped(i.prose(p, what))
}

func unwrapped(blocks []*bank.Node) []*bank.Node {
	if len(blocks) == 1 && blocks[0].Name == "p" {
		return blocks[0].Children
	}
	return blocks
}

// bare is a text for where only words may stand. Markup in it is lost by name.
func (i *item) bare(p course.Prose, what string) string {
	blocks := i.prose(p, what)
	marked := len(blocks) > 1
	for _, n := range unwrapped(blocks) {
		marked = marked || n.Name != ""
	}
	if marked {
		i.lose("the formatting of %s", what)
	}
	return content(blocks)
}

// content is the words of nodes, with a space between blocks, and pictures by their alternative text.
func content(nodes []*bank.Node) string {
	var out strings.Builder
	var walk func(nodes []*bank.Node)
	walk = func(nodes []*bank.Node) {
		for _, n := range nodes {
			out.WriteString(n.Text)
			if n.Name == "img" {
				out.WriteString(n.Attr("alt"))
			}
			walk(n.Children)
			if n.Name == "br" || !inline(n) {
				out.WriteByte(' ')
			}
		}
	}
	walk(nodes)
	return strings.Join(strings.Fields(out.String()), " ")
}
