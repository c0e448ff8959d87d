package markdown

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lectern/internal/diag"
)

// ErrTooLarge is what FromXHTML says of HTML that no question needs.
var ErrTooLarge = errors.New("the text is too large")

// MaxHTML is the most bytes of HTML that FromXHTML reads.
const MaxHTML = 128 << 10

// FromXHTML writes HTML, such as another system stores its questions in, as the Markdown of our quizzes. What Markdown has no form
// for is named in lost: for formatting the words stay, for scripts, forms and players they do not. It undoes XHTML, and whatever it
// returns it gives again for that text's XHTML.
func FromXHTML(src string) (markdown string, lost []string, err error) {
	if len(src) > MaxHTML {
		return "", nil, ErrTooLarge
	}
	nodes, err := html.ParseFragment(strings.NewReader(src), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return "", nil, fmt.Errorf("read html: %w", err)
	}
	r := &reader{lost: map[string]bool{}}
	for _, n := range nodes {
		r.node(n, 0)
	}
	p := &printer{lost: r.lost}
	out := strings.TrimSpace(p.blocks(r.end()))
	if d := tooCostly(diag.NewLines("", out), 0, out); d != nil || p.large {
		return "", nil, ErrTooLarge
	}
	for what := range r.lost {
		lost = append(lost, what)
	}
	slices.Sort(lost)
	return out, lost, nil
}

// block is what Markdown can say: a paragraph, a heading, a list with its items, a quote, code, a rule or a table.
type block struct {
	kind   atom.Atom // P, Hn, Ul, Ol, Li, Blockquote, Pre, Hr, Table, Tr
	text   []inline  // P, Hn
	blocks []block   // Ul, Ol, Li, Blockquote, Table
	cells  [][]inline
	align  []string // of a table's columns: "left", "right", "center" or ""
	code   string
	name   string // of the code's language
	start  int    // of an ordered list
	loose  bool   // a list with paragraphs in its items
	check  string // of a task: "[ ] " or "[x] "
}

// inline is a run of text or code, a break, a picture, or emphasis of other runs.
type inline struct {
	kind        atom.Atom // 0 for text, Code, Br, Img, Em, Strong, Del
	text        string    // also of a picture: its alternative text
	dest, title string
	runs        []inline
}

// reader turns the tree of an HTML parser into blocks.
type reader struct {
	lost   map[string]bool
	out    []block
	runs   *[]inline // where inline content goes now; nil outside of any
	open   []inline  // the anonymous paragraph
	inline int       // depth of elements that are inside a paragraph
}

const maxDepth = 200

var (
	emphasis = map[atom.Atom]atom.Atom{
		atom.Em: atom.Em, atom.I: atom.Em, atom.Strong: atom.Strong, atom.B: atom.Strong,
		atom.Del: atom.Del, atom.S: atom.Del, atom.Strike: atom.Del,
	}
	// transparent elements mean nothing by themselves.
	transparent = []atom.Atom{atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Span, atom.Tbody, atom.Thead, atom.Tfoot}
	// silent elements are dropped with what is in them.
	silent = []atom.Atom{
		atom.Script, atom.Style, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Video, atom.Audio, atom.Canvas, atom.Svg, atom.Math,
		atom.Form, atom.Input, atom.Select, atom.Textarea, atom.Button, atom.Noscript, atom.Noframes, atom.Noembed, atom.Xmp, atom.Plaintext,
		atom.Title, atom.Head, atom.Link, atom.Meta, atom.Base, atom.Frame, atom.Frameset, atom.Applet, atom.Map, atom.Area, atom.Source,
		atom.Track, atom.Param, atom.Dialog, atom.Menuitem, atom.Datalist, atom.Colgroup, atom.Col,
	}
	// paragraphs are other elements that stand on lines of their own.
	paragraphs = []atom.Atom{
		atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Address, atom.Center,
		atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Fieldset, atom.Legend, atom.Caption,
		atom.Hgroup, atom.Li, atom.Tr, atom.Td, atom.Th,
	}
)

func (r *reader) lose(n *html.Node) { r.lost["<"+n.Data+">"] = true }

func (r *reader) node(n *html.Node, depth int) {
	switch {
	case depth > maxDepth:
		r.lost["deep nesting"] = true
	case n.Type == html.TextNode:
		r.add(inline{text: n.Data})
	case n.Type == html.ElementNode:
		r.element(n, depth)
	}
}

func (r *reader) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c, depth+1)
	}
}

func (r *reader) element(n *html.Node, depth int) {
	switch n.DataAtom {
	case atom.Br:
		r.add(inline{kind: atom.Br})
		return
	case atom.Img:
		r.image(n)
		return
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		r.add(inline{kind: atom.Code, text: plainText(n, 0)})
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.leaf(n, depth)
		return
	case atom.Ul, atom.Ol, atom.Menu, atom.Blockquote, atom.Table, atom.Pre, atom.Hr:
		if r.inline == 0 {
			r.block(n, depth)
			return
		}
	}
	if kind, ok := emphasis[n.DataAtom]; ok {
		r.nest(inline{kind: kind}, n, depth)
		return
	}
	if slices.Contains(silent, n.DataAtom) {
		r.lose(n)
		return
	}
	if n.DataAtom != atom.P && !slices.Contains(transparent, n.DataAtom) {
		r.lose(n)
	}
	if !slices.Contains(paragraphs, n.DataAtom) {
		r.children(n, depth)
		return
	}
	r.boundary()
	r.children(n, depth)
	r.boundary()
}

// add appends to the paragraph that is open.
func (r *reader) add(i inline) {
	if r.runs == nil {
		r.runs = &r.open
	}
	*r.runs = append(*r.runs, i)
}

// nest reads the children of an element into an inline of their own.
func (r *reader) nest(i inline, n *html.Node, depth int) {
	if r.runs == nil {
		r.runs = &r.open
	}
	outer := r.runs
	r.runs, r.inline = &i.runs, r.inline+1
	r.children(n, depth)
	r.runs, r.inline = outer, r.inline-1
	*r.runs = append(*r.runs, i)
}

// boundary ends the open paragraph; inside emphasis, where Markdown has no paragraphs, it is a space.
func (r *reader) boundary() {
	if r.inline > 0 {
		r.add(inline{text: "\n"})
		return
	}
	for _, text := range split(tidy(r.open)) {
		r.out = append(r.out, block{kind: atom.P, text: text})
	}
	r.open, r.runs = nil, nil
}

// end gives the blocks that were read.
func (r *reader) end() []block {
	r.boundary()
	return r.out
}

// inner reads the children of an element as blocks of their own.
func (r *reader) inner(n *html.Node, depth int) []block {
	sub := &reader{lost: r.lost}
	sub.children(n, depth)
	return sub.end()
}

// leaf reads a heading.
func (r *reader) leaf(n *html.Node, depth int) {
	if r.inline > 0 {
		r.children(n, depth)
		return
	}
	r.boundary()
	if text := oneLine(tidy(r.line(n, depth))); len(text) > 0 {
		r.out = append(r.out, block{kind: n.DataAtom, text: text})
	}
}

// line reads the children of an element as one run of inlines.
func (r *reader) line(n *html.Node, depth int) []inline {
	sub := &reader{lost: r.lost, inline: 1}
	sub.runs = &sub.open
	sub.children(n, depth)
	return sub.open
}

func (r *reader) block(n *html.Node, depth int) {
	r.boundary()
	switch n.DataAtom {
	case atom.Hr:
		r.out = append(r.out, block{kind: atom.Hr})
	case atom.Pre:
		r.pre(n)
	case atom.Blockquote:
		if inner := r.inner(n, depth); len(inner) > 0 {
			r.out = append(r.out, block{kind: atom.Blockquote, blocks: inner})
		}
	case atom.Table:
		r.table(n, depth)
	default:
		r.list(n, depth)
	}
}

func (r *reader) pre(n *html.Node) {
	b := block{kind: atom.Pre, code: strings.TrimSuffix(plainText(n, 0), "\n")}
	if c := n.FirstChild; c != nil && c.DataAtom == atom.Code {
		name, ok := strings.CutPrefix(attr(c, "class"), "language-")
		if ok && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789+-") == "" && name != "quiz" && name != "trial" {
			b.name = name
		}
	}
	if strings.TrimSpace(b.code) != "" {
		r.out = append(r.out, b)
	}
}

func (r *reader) list(n *html.Node, depth int) {
	b := block{kind: atom.Ul, start: 1}
	if n.DataAtom == atom.Ol {
		b.kind = atom.Ol
		if start, err := strconv.Atoi(attr(n, "start")); err == nil && start >= 0 && start < 1e9 {
			b.start = start
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" || c.Type == html.CommentNode {
			continue
		}
		item := block{kind: atom.Li}
		if c.DataAtom == atom.Li {
			if box := checkbox(c); box != nil {
				item.check = "[ ] "
				if hasAttr(box, "checked") {
					item.check = "[x] "
				}
				box.Parent.RemoveChild(box)
			}
			item.blocks = r.inner(c, depth)
			b.loose = b.loose || len(childrenOf(c, atom.P)) > 0
		} else { // a stray element: browsers show it as an item without a mark
			sub := &reader{lost: r.lost}
			sub.node(c, depth+1)
			item.blocks = sub.end()
		}
		if len(item.blocks) > 0 {
			b.blocks = append(b.blocks, item)
		}
	}
	if len(b.blocks) > 0 {
		r.out = append(r.out, b)
	}
}

// checkbox finds the box of a task at the start of an item.
func checkbox(li *html.Node) *html.Node {
	n := li.FirstChild
	for n != nil && (n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" || n.DataAtom == atom.P && n.FirstChild != nil) {
		if n.Type == html.TextNode {
			n = n.NextSibling
		} else {
			n = n.FirstChild
		}
	}
	if n != nil && n.DataAtom == atom.Input && attr(n, "type") == "checkbox" {
		return n
	}
	return nil
}

func (r *reader) table(n *html.Node, depth int) {
	b := block{kind: atom.Table}
	width, head := 0, false
	var rows func(n *html.Node, depth int)
	rows = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth <= maxDepth; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Caption:
				r.lose(c)
				if text := tidy(r.line(c, depth)); len(text) > 0 {
					r.out = append(r.out, block{kind: atom.P, text: text})
				}
			case atom.Tr:
				row := block{kind: atom.Tr}
				for cell := c.FirstChild; cell != nil; cell = cell.NextSibling {
					if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
						continue
					}
					head = head || len(b.blocks) == 0 && cell.DataAtom == atom.Th
					for _, span := range []string{"colspan", "rowspan"} {
						if v := attr(cell, span); v != "" && v != "1" {
							r.lost[span] = true
						}
					}
					row.cells = append(row.cells, r.cell(cell, depth))
					if len(b.blocks) == 0 {
						b.align = append(b.align, alignment(cell))
					}
				}
				if len(row.cells) > 0 {
					width = max(width, len(row.cells))
					b.blocks = append(b.blocks, row)
				}
			default:
				rows(c, depth+1)
			}
		}
	}
	rows(n, depth)
	if len(b.blocks) == 0 {
		return
	}
	if !head {
		r.lost["a table without a row of headings"] = true
	}
	if width > maxColumns-1 {
		r.lost["<table>"] = true
		for _, row := range b.blocks {
			for _, c := range row.cells {
				if len(c) > 0 {
					r.out = append(r.out, block{kind: atom.P, text: c})
				}
			}
		}
		return
	}
	for i := range b.blocks {
		for len(b.blocks[i].cells) < width {
			b.blocks[i].cells = append(b.blocks[i].cells, nil)
		}
	}
	for len(b.align) < width {
		b.align = append(b.align, "")
	}
	r.out = append(r.out, b)
}

func (r *reader) cell(n *html.Node, depth int) []inline {
	text := tidy(r.line(n, depth))
	if slices.ContainsFunc(text, func(i inline) bool { return i.kind == atom.Br }) {
		r.lost["<br> in a table"] = true
	}
	return oneLine(text)
}

func alignment(cell *html.Node) string {
	align := attr(cell, "align")
	if _, style, ok := strings.Cut(attr(cell, "style"), "text-align:"); ok {
		align, _, _ = strings.Cut(style, ";")
	}
	align = strings.ToLower(strings.TrimSpace(align))
	if slices.Contains([]string{"left", "right", "center"}, align) {
		return align
	}
	return ""
}

// image keeps a picture that comes with the text. One from elsewhere leaves its words.
func (r *reader) image(n *html.Node) {
	alt := strings.Join(strings.Fields(clean(attr(n, "alt"))), " ")
	dest := strings.TrimSpace(attr(n, "src"))
	head, _, colon := strings.Cut(dest, ":")
	if dest == "" || dest[0] == '/' || dest[0] == '\\' || colon && !strings.ContainsAny(head, "/?#") {
		r.lost["a picture from elsewhere"] = true
		r.add(inline{text: alt})
		return
	}
	r.add(inline{kind: atom.Img, text: alt, dest: escapeDest(dest), title: strings.Join(strings.Fields(clean(attr(n, "title"))), " ")})
}

// escapeDest writes an address in characters that mean nothing in Markdown.
func escapeDest(dest string) string {
	var out strings.Builder
	for i := range len(dest) {
		b := dest[i]
		hex := b == '%' && i+2 < len(dest) && isHex(dest[i+1]) && isHex(dest[i+2])
		if hex || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || strings.IndexByte("/._~@+=,-:#?;", b) >= 0 {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}

func isHex(b byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", b) >= 0 }

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func childrenOf(n *html.Node, kind atom.Atom) []*html.Node {
	var out []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == kind {
			out = append(out, c)
		}
	}
	return out
}

// plainText is the text of code.
func plainText(n *html.Node, depth int) string {
	var out strings.Builder
	for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			out.WriteString(clean(c.Data))
		case c.DataAtom == atom.Br:
			out.WriteByte('\n')
		case !slices.Contains(silent, c.DataAtom):
			out.WriteString(plainText(c, depth+1))
		}
	}
	return out.String()
}

// clean leaves out the control characters that no text needs and XML cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || r == '\ufeff' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s)
}
