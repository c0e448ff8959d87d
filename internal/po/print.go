package po

import (
	"fmt"
	"slices"
	"strings"
)

// pageWidth is that of msgcat: no line is wider if it can be broken.
const pageWidth = 79

// print writes the entry as msgcat does. There are three differences, all so that nothing is lost: flags msgcat does
// not know stay, and keep their order; comment lines of unknown kinds stay as they are; an obsolete entry without a
// translation is written too. Like msgcat it leaves out the flag fuzzy where there is no translation to doubt.
func (e *Entry) print(out []byte, eol string) []byte {
	p := printer{out: out, eol: eol, width: pageWidth}
	if slices.Contains(e.flags, "no-wrap") {
		p.width = 0
	}
	for _, line := range e.Comments {
		p.comment("#", line)
	}
	for _, line := range e.unknown {
		p.line(line)
	}
	for _, line := range e.Extracted {
		p.comment("#.", line)
	}
	p.references(e.References)
	p.flags(e.flags, slices.ContainsFunc(e.Str, func(form string) bool { return form != "" }))

	prefix, previous := "", "#| "
	if e.Obsolete {
		prefix, previous = "#~ ", "#~| "
	}
	if e.Previous.HasContext {
		p.text(previous, "msgctxt", e.Previous.Context)
	}
	if e.Previous.ID != "" || e.Previous.Plural != "" {
		p.text(previous, "msgid", e.Previous.ID)
	}
	if e.Previous.Plural != "" {
		p.text(previous, "msgid_plural", e.Previous.Plural)
	}
	if e.HasContext {
		p.text(prefix, "msgctxt", e.Context)
	}
	p.text(prefix, "msgid", e.ID)
	forms := e.Str
	if len(forms) == 0 {
		forms = []string{""}
	}
	if !e.hasPlural && e.Plural == "" && len(forms) == 1 {
		p.text(prefix, "msgstr", forms[0])
		return p.out
	}
	p.text(prefix, "msgid_plural", e.Plural)
	for i, form := range forms {
		p.text(prefix, fmt.Sprintf("msgstr[%d]", i), form)
	}
	return p.out
}

type printer struct {
	out   []byte
	eol   string
	width int // 0: break only after \n
}

func (p *printer) line(parts ...string) {
	for _, part := range parts {
		p.out = append(p.out, part...)
	}
	p.out = append(p.out, p.eol...)
}

func (p *printer) comment(marker, text string) {
	if text != "" {
		marker += " "
	}
	p.line(marker, oneLine(text))
}

// references fills lines up to the page width. msgcat counts bytes here, not columns.
func (p *printer) references(refs []string) {
	if len(refs) == 0 {
		return
	}
	line := "#:"
	for _, ref := range refs {
		ref = " " + isolate(oneLine(ref))
		if line != "#:" && len(line)+len(ref) > pageWidth {
			p.line(line)
			line = "#:"
		}
		line += ref
	}
	p.line(line)
}

func (p *printer) flags(flags []string, translated bool) {
	line := "#,"
	for _, flag := range flags {
		if flag == "fuzzy" && !translated {
			continue
		}
		if line != "#," {
			line += ","
		}
		line += " " + oneLine(flag)
	}
	if line != "#," {
		p.line(line)
	}
}

// text writes a keyword and its string. A string of several lines starts with an empty one, so that its lines align.
func (p *printer) text(prefix, keyword, value string) {
	head := prefix + keyword + " "
	if value == "" {
		p.line(head, `""`)
		return
	}
	// The quotes take a column each, and the prefix is on every line.
	width, indent := p.width-len(prefix)-2, len(keyword)+1
	first := true
	for portion := range strings.Lines(value) {
		text := escape(portion)
		var cuts []int
		if p.width > 0 {
			cuts = breakLines(text, width, 0)
		}
		if first {
			first = false
			if len(portion) == len(value) && (p.width == 0 || len(breakLines(text, width, indent)) == 0) {
				p.line(head, `"`, text, `"`)
				return
			}
			p.line(head, `""`)
		}
		from := 0
		for _, to := range append(cuts, len(text)) {
			p.line(prefix, `"`, text[from:to], `"`)
			from = to
		}
	}
}

// oneLine keeps text from leaving its line.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", " "), "\n", " ")
}
