package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html/atom"

	"lectern/internal/diag"
)

// printer writes blocks as Markdown.
type printer struct {
	lost  map[string]bool
	large bool // a paragraph is more than a parser should see
}

func (p *printer) blocks(blocks []block) string {
	var out []string
	mark := byte('-')
	for i, b := range blocks {
		if i > 0 && blocks[i-1].kind == b.kind { // two lists in a row need different marks to stay two
			mark ^= '-' ^ '*'
		} else {
			mark = '-'
		}
		out = append(out, p.block(b, mark))
	}
	return strings.Join(out, "\n\n")
}

func (p *printer) block(b block, mark byte) string {
	switch b.kind {
	case atom.P:
		return p.inlines(b.text, paragraph)
	case atom.Hr:
		return "___"
	case atom.Pre:
		fence := longerThan(b.code, '`', 3)
		return fence + b.name + "\n" + b.code + "\n" + fence
	case atom.Blockquote:
		return indent(p.blocks(b.blocks), "> ", "> ")
	case atom.Table:
		return p.table(b)
	case atom.Ul, atom.Ol:
		return p.list(b, mark)
	}
	level := slices.Index([]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}, b.kind)
	return strings.Repeat("#", level+1) + " " + p.inlines(b.text, heading)
}

// indent puts first before the first line and rest before the others; lines without text get no spaces at their end.
func indent(text, first, rest string) string {
	var out strings.Builder
	prefix := first
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			out.WriteString(strings.TrimRight(prefix, " ") + "\n")
		} else {
			out.WriteString(prefix + line)
		}
		prefix = rest
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func (p *printer) list(b block, mark byte) string {
	loose := b.loose || slices.ContainsFunc(b.blocks, breaksTight)
	var items []string
	for i, item := range b.blocks {
		marker := string(mark) + " "
		if b.kind == atom.Ol {
			end := "."
			if mark == '*' {
				end = ")"
			}
			marker = strconv.Itoa(b.start+i) + end + " "
		}
		text := ""
		if loose {
			text = p.blocks(item.blocks)
		} else {
			text = p.tight(item.blocks)
		}
		switch {
		case item.check == "":
		case item.blocks[0].kind == atom.P:
			text = item.check + text
		default:
			p.lost["<input>"] = true
		}
		items = append(items, indent(text, marker, strings.Repeat(" ", len(marker))))
	}
	if loose {
		return strings.Join(items, "\n\n")
	}
	return strings.Join(items, "\n")
}

// breaksTight reports that an item's blocks need empty lines between them.
func breaksTight(item block) bool {
	for i, b := range item.blocks {
		if i > 0 && b.kind != atom.Ul && (b.kind != atom.Ol || b.start != 1) {
			return true
		}
	}
	return false
}

func (p *printer) tight(blocks []block) string {
	var out []string
	mark := byte('-')
	for i, b := range blocks {
		if i > 0 && blocks[i-1].kind == b.kind {
			mark ^= '-' ^ '*'
		} else {
			mark = '-'
		}
		out = append(out, p.block(b, mark))
	}
	return strings.Join(out, "\n")
}

func (p *printer) table(b block) string {
	var out []string
	for i, row := range b.blocks {
		cells := make([]string, len(row.cells))
		for j, c := range row.cells {
			cells[j] = p.inlines(c, cell)
		}
		out = append(out, "| "+strings.Join(cells, " | ")+" |")
		if i > 0 {
			continue
		}
		rule := map[string]string{"": "---", "left": ":---", "right": "---:", "center": ":---:"}
		marks := make([]string, len(b.align))
		for j, a := range b.align {
			marks[j] = rule[a]
		}
		out = append(out, "| "+strings.Join(marks, " | ")+" |")
	}
	return strings.Join(out, "\n")
}

// longerThan is a run of mark that does not stand in text, at least n long.
func longerThan(text string, mark rune, n int) string {
	for strings.Contains(text, strings.Repeat(string(mark), n)) {
		n++
	}
	return strings.Repeat(string(mark), n)
}

// place is where inlines stand.
type place int

const (
	paragraph place = iota
	heading
	cell
)

// goldHTML renders what was printed, to see that it reads as it should.
var goldHTML = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList, extension.Footnote),
	goldmark.WithRendererOptions(html.WithXHTML()),
)

// inlines writes a paragraph's content with as few backslashes as its meaning allows. Where neighbours make marks of emphasis read
// otherwise, which HTML does not know, first every punctuation mark is escaped, and then the emphasis goes.
func (p *printer) inlines(runs []inline, at place) string {
	if len(runs) == 0 {
		return ""
	}
	words := unemphasised(runs)
	for i, try := range [][]inline{runs, runs, words, words} {
		escapeAll := i%2 == 1
		text := write(try, at, escapeAll)
		if d := tooCostly(diag.NewLines("", text), 0, text); d != nil {
			p.large = true
			return ""
		}
		if reads(text, try, at) {
			if i > 1 {
				p.lost["emphasis"] = true
			}
			return at.finish(text)
		}
	}
	p.lost["emphasis"] = true
	return at.finish(write(words, at, true))
}

// finish escapes what ends a cell or a heading.
func (at place) finish(s string) string {
	switch at {
	case cell:
		return strings.ReplaceAll(s, "|", `\|`)
	case heading:
		if strings.HasSuffix(s, "#") && !strings.HasSuffix(s, `\#`) {
			return s[:len(s)-1] + `\#`
		}
	}
	return s
}

// reads reports that Markdown renders as the inlines that it was written from.
func reads(s string, runs []inline, at place) bool {
	if len(runs) == 1 && s == runs[0].text && !strings.ContainsAny(s, "\\`*_[]<>&~|#+-=:!^\n") {
		return true // nothing in it is markup
	}
	before := ""
	if at != paragraph {
		before = "x " // marks of blocks mean nothing here
	}
	var out bytes.Buffer
	if err := goldHTML.Convert([]byte(before+s), &out); err != nil {
		return false
	}
	var want strings.Builder
	canonical(&want, runs)
	return strings.TrimSuffix(out.String(), "\n") == "<p>"+before+want.String()+"</p>"
}

// canonical writes inlines as goldmark does.
func canonical(out *strings.Builder, runs []inline) {
	for _, r := range runs {
		switch r.kind {
		case 0:
			out.Write(util.EscapeHTML([]byte(r.text)))
		case atom.Br:
			out.WriteString("<br />\n")
		case atom.Code:
			fmt.Fprintf(out, "<code>%s</code>", util.EscapeHTML([]byte(r.text)))
		case atom.Img:
			fmt.Fprintf(out, `<img src="%s" alt="%s"`, util.EscapeHTML(util.URLEscape([]byte(r.dest), true)), util.EscapeHTML([]byte(r.text)))
			if r.title != "" {
				fmt.Fprintf(out, ` title="%s"`, util.EscapeHTML([]byte(r.title)))
			}
			out.WriteString(" />")
		default:
			fmt.Fprintf(out, "<%s>", r.kind)
			canonical(out, r.runs)
			fmt.Fprintf(out, "</%s>", r.kind)
		}
	}
}

// piece is a part of a line: text to escape, or Markdown.
type piece struct {
	text string
	mark bool
}

func pieces(runs []inline, at place, all bool) []piece {
	var out []piece
	marks := map[atom.Atom]string{atom.Em: "*", atom.Strong: "**", atom.Del: "~~"}
	for _, r := range runs {
		switch r.kind {
		case 0:
			out = append(out, piece{text: r.text})
		case atom.Br:
			out = append(out, piece{text: "\\\n", mark: true})
		case atom.Code:
			out = append(out, piece{text: codeSpan(r.text), mark: true})
		case atom.Img:
			alt := &escaper{at: heading, all: all, brackets: true, tildes: strings.Count(r.text, "~")}
			alt.text(r.text, ']')
			title := ""
			if r.title != "" {
				title = ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(r.title) + `"`
			}
			out = append(out, piece{text: "![" + alt.out.String() + "](" + r.dest + title + ")", mark: true})
		default:
			out = append(out, piece{text: marks[r.kind], mark: true})
			out = append(out, pieces(r.runs, at, all)...)
			out = append(out, piece{text: marks[r.kind], mark: true})
		}
	}
	return out
}

func codeSpan(code string) string {
	fence := "`"
	for {
		found := false
		for run := range strings.FieldsFuncSeq(code, func(r rune) bool { return r != '`' }) {
			found = found || len(run) == len(fence)
		}
		if !found {
			break
		}
		fence += "`"
	}
	if code[0] == '`' || code[len(code)-1] == '`' || code[0] == ' ' && code[len(code)-1] == ' ' {
		code = " " + code + " "
	}
	return fence + code + fence
}

// write is the Markdown of inlines, unless their neighbourhood makes it something else.
func write(runs []inline, at place, all bool) string {
	list := pieces(runs, at, all)
	e := &escaper{at: at, all: all}
	for _, p := range list {
		if !p.mark {
			e.tildes += strings.Count(p.text, "~")
			e.label = e.label || strings.Contains(p.text, "]:")
			e.closes = e.closes || strings.Contains(p.text, ">")
		}
	}
	for i, p := range list {
		if p.mark {
			e.out.WriteString(p.text)
			e.last, _ = utf8.DecodeLastRuneInString(p.text)
			e.start, e.number = e.last == '\n', false
			continue
		}
		next := rune(0)
		if i+1 < len(list) {
			next, _ = utf8.DecodeRuneInString(list[i+1].text)
		}
		e.start = e.start || i == 0
		e.text(p.text, next)
	}
	return e.out.String()
}

// escaper writes text with a backslash before what would be markup.
type escaper struct {
	out      strings.Builder
	at       place
	all      bool // escape all punctuation
	brackets bool // escape all brackets
	start    bool // at the start of a line
	number   bool // all since the start of the line are digits
	last     rune // before here, 0 at the start
	tildes   int  // in all text
	label    bool // the text has what ends the label of a link definition
	closes   bool // the text has what ends a tag
}

// text writes a run of text; next is what follows it, 0 at the end.
func (e *escaper) text(s string, next rune) {
	for i, r := range s {
		rest := s[i+utf8.RuneLen(r):]
		after := next
		if rest != "" {
			after, _ = utf8.DecodeRuneInString(rest)
		}
		switch {
		case r == '<' && (e.start || e.closes) && (unicode.IsLetter(after) || after == '/' || after == '!' || after == '?'):
			e.out.WriteString("&lt;")
		case r == '&' && entity(rest):
			e.out.WriteString("&amp;")
		case r == '\\' && rest == "" && after == '\\': // goldmark takes three before a line's end for text
			e.out.WriteString("&#92;")
		case e.start && e.at == paragraph && e.opens(s[i:], next == 0), e.special(r, after):
			e.out.WriteString(`\` + string(r))
		default:
			e.out.WriteRune(r)
		}
		e.number = (e.start || e.number) && r >= '0' && r <= '9'
		e.last, e.start = r, r == '\n'
	}
}

// special reports that a character could be markup where it stands.
func (e *escaper) special(r, after rune) bool {
	spaced := e.last == ' ' && after == ' '
	switch r {
	case '`':
		return true
	case '\\':
		return after == 0 || after == '\n' || punctuation(after)
	case '*':
		return !spaced
	case '_':
		return !spaced && (!wordly(e.last) || !wordly(after))
	case '~':
		opener := (e.last == ' ' || e.last == '\n' || e.last == 0) && after != 0
		return e.last == '~' || after == '~' || e.tildes > 1 && !opener
	case '[':
		return e.brackets || after == '^'
	case ']':
		return e.brackets || after == '('
	case '.', ')':
		if e.at == paragraph && e.number && (after == 0 || after == ' ' || after == '\n') {
			return true
		}
	}
	return e.all && punctuation(r) && (r != '|' || e.at != cell)
}

// opens reports that a block would begin at the start of a line; last says that no markup follows in the paragraph.
func (e *escaper) opens(rest string, last bool) bool {
	line, _, whole := strings.Cut(rest, "\n")
	whole = whole || last
	only := func(set string) bool { return whole && strings.Trim(line, set) == "" }
	before := func(mark string) bool { return only(mark) && len(line) == 1 || strings.HasPrefix(line, mark+" ") }
	switch line[:min(1, len(line))] {
	case ">":
		return true
	case "#":
		marks := line[:len(line)-len(strings.TrimLeft(line, "#"))]
		return len(marks) <= 6 && (strings.HasPrefix(line[len(marks):], " ") || whole && len(marks) == len(line))
	case "+", ":":
		return before(line[:1]) || only("|:- ")
	case "-", "|":
		return before(line[:1]) || only("|:- ")
	case "=":
		return only("=")
	case "[":
		task := len(line) > 2 && strings.IndexByte(" xX\t", line[1]) >= 0 && line[2] == ']'
		return task || e.label
	}
	return false
}

// entity reports that what follows an ampersand makes it a character reference.
func entity(rest string) bool {
	name, _, ok := strings.Cut(rest[:min(len(rest), 40)], ";")
	return ok && name != "" && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789#") == ""
}

func punctuation(r rune) bool { return r < 128 && util.IsPunct(byte(r)) }

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
