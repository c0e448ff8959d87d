// Package markdown finds the translatable segments, blocks and links of a page, with their byte positions. Pages are rendered
// by Hugo, whose parser must see what this one sees: the same goldmark with the same extensions, and only syntax that needs no
// other. A test in package render holds the two together over all content.
package markdown

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"lectern/internal/course"
	"lectern/internal/diag"
)

var gold = goldmark.New(goldmark.WithExtensions(
	extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList, extension.Footnote,
)).Parser()

// Parse reads src, which starts at byte base of the file that lines indexes. Text that could cost a parser more than time in
// proportion to its size is refused with a diagnostic and an empty body.
func Parse(lines *diag.Lines, base int, src string) (course.Body, []diag.Diagnostic) {
	if d := tooCostly(lines, base, src); d != nil {
		return course.Body{}, []diag.Diagnostic{*d}
	}
	p := &page{src: src, lines: lines, base: base, ids: map[string]int{}, body: course.Body{Source: src}}
	ctx := parser.NewContext()
	doc := gold.Parse(text.NewReader([]byte(src)), parser.WithContext(ctx))
	p.definition(ctx.References())
	p.forbidden()
	p.blocks(doc)
	slices.SortStableFunc(p.body.Segments, func(a, b course.Segment) int { return a.Start - b.Start })
	slices.SortStableFunc(p.body.Blocks, func(a, b course.Block) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	p.identify()
	return p.body, p.diags
}

// Prose reads Markdown that is one text, such as a question, and finds its links.
func Prose(t course.Text) (course.Prose, []diag.Diagnostic) {
	// The text was unindented or unfolded by YAML, so places inside it are not places in the file: report its start.
	body, diags := Parse(diag.NewLines(t.Pos.File, t.Value), 0, t.Value)
	for i := range diags {
		diags[i].Pos = t.Pos
	}
	for i := range body.Links {
		body.Links[i].Pos = t.Pos
	}
	for _, b := range body.Blocks {
		if b.Kind == course.Raw {
			diags = append(diags, RawHTML(t.Pos))
		}
	}
	return course.Prose{Text: t, Links: body.Links}, diags
}

// definition reports the first link definition of the page.
func (p *page) definition(refs []parser.Reference) {
	if len(refs) == 0 {
		return
	}
	labels := map[string]bool{}
	for _, ref := range refs {
		labels[string(ref.Label())] = true
	}
	place := 0 // where none is found: a label of several lines has other bytes in the page
	for at := 0; ; {
		end := strings.Index(p.src[at:], "]:")
		if end < 0 {
			break
		}
		if open := strings.LastIndexByte(p.src[at:at+end], '['); open >= 0 && labels[p.src[at+open+1:at+end]] {
			place = at + open
			break
		}
		at += end + 2
	}
	p.errorf(place, "link-reference", "write the destination in the link itself: [text](destination)", "a link definition stands apart from its text")
}

// forbidden reports what renderers would make more of than text.
func (p *page) forbidden() {
	if at := course.ForbiddenReference(p.src); at >= 0 {
		p.errorf(at, "text-encoding", "remove it", "a reference to a character that no page can hold")
	}
	if at := course.Shortcode(p.src); at >= 0 {
		p.errorf(at, "shortcode", "write the text itself; put a space between the braces to show them", "text cannot call templates")
	}
	if at := strings.Index(p.src, "<!--more-->"); at >= 0 {
		p.errorf(at, "html", "remove it; the summary is in the front matter", "HTML is not rendered")
	}
}

// RawHTML is the diagnostic for HTML in contributed text.
func RawHTML(pos diag.Pos) diag.Diagnostic {
	return diag.Errorf(pos, "html", "use Markdown; write &lt; for a less-than sign before a letter", "HTML is not rendered")
}

type page struct {
	src   string
	lines *diag.Lines
	base  int
	body  course.Body
	ids   map[string]int // how often each was asked for
	diags []diag.Diagnostic
}

func (p *page) pos(offset int) diag.Pos { return p.lines.Pos(p.base + offset) }

func (p *page) errorf(offset int, rule, hint, format string, args ...any) {
	p.diags = append(p.diags, diag.Errorf(p.pos(offset), rule, hint, format, args...))
}

// blocks visits the children of a container.
func (p *page) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			p.leaf(n)
		case *ast.Heading:
			p.heading(n)
		case *east.TableCell:
			p.segment(n, n.Lines().Sliced(0, n.Lines().Len()), course.KindCell, false)
			p.inlines(n)
		case *east.DefinitionTerm:
			p.segment(n, n.Lines().Sliced(0, n.Lines().Len()), course.KindItem, false)
			p.inlines(n)
		case *ast.FencedCodeBlock:
			p.fence(n)
		case *ast.HTMLBlock:
			p.block(n, course.Block{Kind: course.Raw})
		case *ast.Blockquote:
			p.box(n)
			p.blocks(n)
		case *east.Table:
			p.block(n, course.Block{Kind: course.Table})
			p.blocks(n)
		default:
			p.blocks(n)
		}
	}
}

// leaf is a paragraph or the text of a tight list item.
func (p *page) leaf(n ast.Node) {
	lines := n.Lines().Sliced(0, n.Lines().Len())
	if len(lines) == 0 {
		return
	}
	p.inlines(n)
	if img, ok := n.FirstChild().(*ast.Image); ok && n.ChildCount() == 1 {
		p.figure(img, lines)
		return
	}
	if title, ok := boxTitle(n, p.src); ok {
		p.segment(n, []text.Segment{title}, course.KindBoxTitle, false)
		lines = lines[1:]
	}
	if _, ok := n.FirstChild().(*east.TaskCheckBox); ok {
		lines[0].Start += strings.IndexByte(p.src[lines[0].Start:], ']') + 2
	}
	kind := course.KindParagraph
	switch n.Parent().(type) {
	case *ast.ListItem, *east.DefinitionDescription:
		kind = course.KindItem
	case *east.Footnote:
		kind = course.KindFootnote
	}
	p.segment(n, lines, kind, kind != course.KindFootnote)
}

func (p *page) heading(n *ast.Heading) {
	lines := n.Lines().Sliced(0, n.Lines().Len())
	if len(lines) == 0 {
		p.errorf(max(0, n.Pos()), "heading-empty", "write the heading's words or remove the line", "empty heading")
		return
	}
	p.inlines(n)
	plain := p.plain(n)
	p.segment(n, lines, course.KindHeading, true)
	p.block(n, course.Block{Kind: course.Heading, Level: n.Level, Text: plain})
}

// fenceInfo holds no attributes: Hugo puts those into the page, and fails on what it cannot read as such.
var fenceInfo = regexp.MustCompile(`^[A-Za-z0-9+#.-]*$`)

func (p *page) fence(n *ast.FencedCodeBlock) {
	info := ""
	if n.Info != nil {
		info = strings.TrimSpace(string(n.Info.Segment.Value([]byte(p.src))))
	}
	if !fenceInfo.MatchString(info) {
		p.errorf(p.start(n), "fence-info", "write one word after the backquotes, such as quiz", "more than the name of a language after the backquotes")
	}
	if strings.EqualFold(info, "goat") { // Hugo draws it, with styles that our pages' policy refuses
		p.errorf(p.start(n), "fence-info", "draw it as an SVG in the module's images folder", "diagrams made of characters are not drawn")
	}
	var content strings.Builder
	for _, l := range n.Lines().Sliced(0, n.Lines().Len()) {
		content.WriteString(p.src[l.Start:l.Stop])
	}
	p.block(n, course.Block{Kind: course.Fence, Name: info, Text: strings.TrimSpace(content.String())})
}

// box records a blockquote that begins with [!KIND].
func (p *page) box(n *ast.Blockquote) {
	first := n.FirstChild()
	if first == nil {
		return
	}
	kind, _, ok := boxMark(first, p.src)
	if !ok {
		return
	}
	p.block(n, course.Block{Kind: course.Box, Name: kind})
	for up := n.Parent(); up != nil; up = up.Parent() {
		if up.Kind() == east.KindFootnote { // the tree keeps footnotes at the end, so nobody knows where the box ends
			p.errorf(p.start(n), "box-footnote", "put the box into the text", "a box inside a footnote")
		}
	}
}

// boxMark reads "[!KIND]" at the start of a blockquote's first paragraph and gives the offset behind it.
func boxMark(first ast.Node, src string) (kind string, end int, ok bool) {
	if first.Kind() != ast.KindParagraph || first.Lines().Len() == 0 {
		return "", 0, false
	}
	line := first.Lines().At(0)
	rest, ok := strings.CutPrefix(src[line.Start:line.Stop], "[!")
	if !ok {
		return "", 0, false
	}
	kind, _, ok = strings.Cut(rest, "]")
	if !ok || kind == "" || strings.Trim(strings.ToLower(kind), "abcdefghijklmnopqrstuvwxyz") != "" {
		return "", 0, false
	}
	return strings.ToLower(kind), line.Start + len("[!") + len(kind) + len("]"), true
}

// boxTitle is the rest of a box's first line; ok also when that is empty, because the line is not part of the text.
func boxTitle(n ast.Node, src string) (text.Segment, bool) {
	if _, in := n.Parent().(*ast.Blockquote); !in || n.PreviousSibling() != nil {
		return text.Segment{}, false
	}
	_, end, ok := boxMark(n, src)
	if !ok {
		return text.Segment{}, false
	}
	stop := n.Lines().At(0).Stop
	for end < stop && (src[end] == ' ' || src[end] == '+' || src[end] == '-') {
		end++
	}
	return text.NewSegment(end, stop), true
}

// figure is a paragraph that is only a picture: its alternative text and its caption are translated, its file is not.
func (p *page) figure(img *ast.Image, lines []text.Segment) {
	start := lines[0].Start + strings.Index(p.src[lines[0].Start:], "![") + 2
	words := start // the end of the last word; brackets in code before it are none
	_ = ast.Walk(img, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			words = max(words, t.Segment.Stop)
		}
		return ast.WalkContinue, nil
	})
	end := strings.Index(p.src[words:], "](")
	if end < 0 {
		return
	}
	end += words
	if end > start {
		p.add(start, end, p.src[start:end], course.KindAlt, "", false)
	}
	if len(img.Title) == 0 {
		return
	}
	written := string(img.Title)
	if at := strings.Index(p.src[end:], `"`+written+`"`); at >= 0 {
		p.add(end+at+1, end+at+1+len(written), strings.ReplaceAll(written, `\"`, `"`), course.KindCaption, "", false)
	} else {
		p.errorf(end, "caption-quotes", `write ![alt](file "caption")`, "the caption of a picture needs straight double quotation marks")
	}
}

// segment adds the text of lines. The source of a text is unwrapped, so that wrapping a paragraph anew makes nothing stale; a hard
// line break stays.
func (p *page) segment(n ast.Node, lines []text.Segment, kind course.Kind, anchor bool) {
	if len(lines) == 0 {
		return
	}
	start, end := lines[0].Start, lines[len(lines)-1].Stop
	for end > start && strings.ContainsRune(" \t\r\n", rune(p.src[end-1])) {
		end--
	}
	for start < end && strings.ContainsRune(" \t", rune(p.src[start])) {
		start++
	}
	if start >= end {
		return
	}
	var out strings.Builder
	for i, l := range lines {
		line := strings.Trim(p.src[max(l.Start, start):min(l.Stop, end)], "\r\n")
		if i < len(lines)-1 {
			if trimmed := strings.TrimRight(line, " "); strings.HasSuffix(trimmed, `\`) || len(line)-len(trimmed) > 1 {
				line = strings.TrimSuffix(trimmed, `\`) + "\\\n"
			} else {
				line = trimmed + " "
			}
		}
		out.WriteString(strings.TrimLeft(line, " \t"))
	}
	p.add(start, end, out.String(), kind, p.prefix(start), anchor)
}

func (p *page) add(start, end int, source string, kind course.Kind, prefix string, anchor bool) {
	p.body.Segments = append(p.body.Segments, course.Segment{
		Text:  course.NewText("", kind, source, p.pos(start)),
		Start: start, End: end, Prefix: prefix, Anchor: anchor,
	})
}

// prefix is what a continuation line needs to stay in the block whose text starts at offset: the quote marks of its first line,
// spaces for everything else.
func (p *page) prefix(offset int) string {
	line := p.src[strings.LastIndexByte(p.src[:offset], '\n')+1 : offset]
	return strings.Map(func(r rune) rune {
		if r == '>' {
			return r
		}
		return ' '
	}, line)
}

// block adds a block that covers whole lines, up to the line where the next one begins.
func (p *page) block(n ast.Node, b course.Block) {
	start := p.start(n)
	b.Start = strings.LastIndexByte(p.src[:start], '\n') + 1
	b.End = len(p.src)
	for up := n; up != nil; up = up.Parent() {
		if next := up.NextSibling(); next != nil && next.Type() == ast.TypeBlock && next.Kind() != east.KindFootnoteList {
			next := p.start(next)
			b.End = strings.LastIndexByte(p.src[:next], '\n') + 1
			break
		}
	}
	b.End = max(b.End, b.Start)
	if def := p.footnoteAfter(b.Start, b.End); def >= 0 {
		b.End = def
	}
	b.Pos = p.pos(start)
	p.body.Blocks = append(p.body.Blocks, b)
}

// footnoteAfter finds a footnote's text that begins a line between start and end, or -1: the tree keeps footnotes elsewhere, but
// their lines are not part of the block before them.
func (p *page) footnoteAfter(start, end int) int {
	for at := start; at < end; {
		if footnoteText.MatchString(p.src[at:end]) {
			return at
		}
		next := strings.IndexByte(p.src[at:end], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return -1
}

var footnoteText = regexp.MustCompile(`^ {0,3}\[\^[^\]\n]+\]:`)

// start is the offset of a node's first byte; goldmark knows it for most nodes, and the first of its descendants for the rest.
func (p *page) start(n ast.Node) int {
	if pos := n.Pos(); pos >= 0 {
		return pos
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if pos := p.start(c); pos >= 0 {
			return pos
		}
	}
	return 0
}

// inlines records the links and pictures inside a leaf and refuses raw HTML.
func (p *page) inlines(leaf ast.Node) {
	_ = ast.Walk(leaf, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		at := max(0, p.start(n))
		switch n := n.(type) {
		case *ast.Link:
			p.link(course.Link{Dest: string(n.Destination), Start: at})
			p.outsideAlt(n, at)
		case *ast.Image:
			p.link(course.Link{Dest: string(n.Destination), Start: at, Image: true, Alt: p.plain(n)})
			p.outsideAlt(n, at)
		case *ast.AutoLink:
			p.link(course.Link{Dest: string(n.URL([]byte(p.src))), Start: at})
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				at = n.Segments.At(0).Start
			}
			p.body.Blocks = append(p.body.Blocks, course.Block{Kind: course.Raw, Start: at, End: at, Pos: p.pos(at)})
		}
		return ast.WalkContinue, nil
	})
}

// outsideAlt refuses a link or picture in an alternative text, which is words: nobody could tell where it ends.
func (p *page) outsideAlt(n ast.Node, at int) {
	for up := n.Parent(); up.Type() == ast.TypeInline; up = up.Parent() {
		if up.Kind() == ast.KindImage {
			p.errorf(at, "image-alt", "write words only in the brackets", "a link or picture inside an alternative text")
		}
	}
}

func (p *page) link(l course.Link) {
	l.Pos = p.pos(l.Start)
	p.body.Links = append(p.body.Links, l)
}

// plain is the text of a node without its markup.
func (p *page) plain(n ast.Node) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			out.WriteString(p.src[t.Segment.Start:t.Segment.Stop])
			if t.SoftLineBreak() || t.HardLineBreak() {
				out.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}

// reserved are the ids that layouts give to their own parts of a page.
var reserved = regexp.MustCompile(`^(ui|source|term)-`)

// identify gives every segment the ID it has when nothing was recorded for it: a heading its words, as its address has always
// been, and other texts a digest of theirs. Repeats on a page are numbered.
func (p *page) identify() {
	unique := func(id string) string {
		try := id
		for p.ids[try] > 0 {
			p.ids[id]++
			try = fmt.Sprintf("%s-%d", id, p.ids[id])
		}
		p.ids[try] = 1
		return try
	}
	headings := map[int]string{}
	for i, s := range p.body.Segments {
		if s.Kind == course.KindHeading {
			id := Slug(s.Source)
			if reserved.MatchString(id) {
				id = "h-" + id
			}
			p.body.Segments[i].ID = unique(id)
			headings[s.Pos.Line] = p.body.Segments[i].ID
		}
	}
	for i, s := range p.body.Segments {
		if s.Kind != course.KindHeading {
			p.body.Segments[i].ID = unique(Digest(s.Source))
		}
	}
	for i, b := range p.body.Blocks {
		if b.Kind == course.Heading {
			p.body.Blocks[i].ID = headings[b.Pos.Line]
		}
	}
}

// Digest is the ID of a text that has no authored one.
func Digest(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "s" + hex.EncodeToString(sum[:4])
}

// Slug is a heading's ID: lower-case ASCII letters and digits, with hyphens between words.
func Slug(heading string) string {
	var out strings.Builder
	gap := false
	for _, r := range strings.ToLower(heading) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		case r == ' ' || r == '-' || r == '\t' || r == '\n' || r == '_':
			gap = true
		}
	}
	if out.Len() == 0 {
		return Digest(heading)
	}
	return out.String()
}
