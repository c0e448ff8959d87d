package markdown

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// tidy brings the inlines of one paragraph into the form that Markdown can say: single spaces, none at the edges of the paragraph, of
// emphasis and of lines, and no two neighbours that would read as one.
func tidy(runs []inline) []inline {
	c := &collapser{blank: true}
	return merge(hoist(trimRight(trimLeft(c.collapse(runs)))))
}

// oneLine is tidy for where line breaks cannot stand.
func oneLine(runs []inline) []inline {
	var flat func(runs []inline) []inline
	flat = func(runs []inline) []inline {
		out := make([]inline, 0, len(runs))
		for _, r := range runs {
			switch r.kind {
			case atom.Br:
				r = inline{text: " "}
			case 0:
				r.text = strings.ReplaceAll(r.text, "\n", " ")
			}
			if r.runs != nil {
				r.runs = flat(r.runs)
			}
			out = append(out, r)
		}
		return out
	}
	return tidy(flat(runs))
}

// split makes paragraphs of what is set apart by two line breaks or more.
func split(runs []inline) [][]inline {
	var out [][]inline
	start := 0
	for i := 1; i < len(runs); i++ {
		if runs[i].kind == atom.Br && runs[i-1].kind == atom.Br {
			out = append(out, tidy(runs[start:i]))
			start = i
		}
	}
	out = append(out, tidy(runs[start:]))
	paragraphs := out[:0]
	for _, p := range out {
		if len(p) > 0 {
			paragraphs = append(paragraphs, p)
		}
	}
	return paragraphs
}

// collapser reduces white space as browsers do, but a line break in the source stays one.
type collapser struct {
	blank bool // white space before here was written already
}

func (c *collapser) collapse(runs []inline) []inline {
	out := make([]inline, 0, len(runs))
	for _, r := range runs {
		switch r.kind {
		case 0:
			r.text = c.text(clean(r.text))
		case atom.Br:
			out = stripEnd(out)
			c.blank = true
		case atom.Code:
			if r.text = strings.ReplaceAll(r.text, "\n", " "); strings.TrimSpace(r.text) == "" {
				r = inline{text: c.text(r.text)}
			} else {
				c.blank = false
			}
		case atom.Img:
			c.blank = false
		default:
			r.runs = c.collapse(r.runs)
		}
		if r.kind != 0 || r.text != "" {
			out = append(out, r)
		}
	}
	return out
}

func (c *collapser) text(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		n := i
		for n < len(s) && strings.IndexByte(" \t\n\r\f", s[n]) >= 0 {
			n++
		}
		if n == i {
			out.WriteByte(s[i])
			c.blank = false
			i++
			continue
		}
		if !c.blank {
			if strings.Contains(s[i:n], "\n") {
				out.WriteByte('\n')
			} else {
				out.WriteByte(' ')
			}
		}
		c.blank = true
		i = n
	}
	return out.String()
}

// stripEnd removes white space before a line break.
func stripEnd(runs []inline) []inline {
	if last := len(runs) - 1; last >= 0 {
		switch r := &runs[last]; r.kind {
		case 0:
			if r.text = strings.TrimRight(r.text, " \n"); r.text == "" {
				return runs[:last]
			}
		case atom.Em, atom.Strong, atom.Del:
			r.runs = stripEnd(r.runs)
		}
	}
	return runs
}

func trimLeft(runs []inline) []inline {
	for len(runs) > 0 {
		switch r := &runs[0]; r.kind {
		case 0:
			if r.text = strings.TrimLeftFunc(r.text, unicode.IsSpace); r.text != "" {
				return runs
			}
		case atom.Em, atom.Strong, atom.Del:
			if r.runs = trimLeft(r.runs); len(r.runs) > 0 {
				return runs
			}
		case atom.Br:
		default:
			return runs
		}
		runs = runs[1:]
	}
	return runs
}

func trimRight(runs []inline) []inline {
	for len(runs) > 0 {
		switch r := &runs[len(runs)-1]; r.kind {
		case 0:
			if r.text = strings.TrimRightFunc(r.text, unicode.IsSpace); r.text != "" {
				return runs
			}
		case atom.Em, atom.Strong, atom.Del:
			if r.runs = trimRight(r.runs); len(r.runs) > 0 {
				return runs
			}
		case atom.Br:
		default:
			return runs
		}
		runs = runs[:len(runs)-1]
	}
	return runs
}

// hoist moves spaces and line breaks at the edges of emphasis out of it, and undoes emphasis of what has it already.
func hoist(runs []inline) []inline {
	var out []inline
	for _, r := range runs {
		if r.runs == nil {
			out = append(out, r)
			continue
		}
		var inner []inline
		for _, c := range hoist(r.runs) {
			if c.kind == r.kind {
				inner = append(inner, c.runs...)
			} else {
				inner = append(inner, c)
			}
		}
		before, inner, after := edges(inner)
		out = append(out, before...)
		if len(inner) > 0 {
			r.runs = inner
			out = append(out, r)
		}
		out = append(out, after...)
	}
	return out
}

func edges(runs []inline) (before, inner, after []inline) {
	for len(runs) > 0 {
		r := &runs[0]
		if r.kind == atom.Br {
			before, runs = append(before, *r), runs[1:]
			continue
		}
		rest := strings.TrimLeftFunc(r.text, unicode.IsSpace)
		if r.kind != 0 || rest == r.text {
			break
		}
		before = append(before, inline{text: r.text[:len(r.text)-len(rest)]})
		if r.text = rest; rest == "" {
			runs = runs[1:]
		}
	}
	for len(runs) > 0 {
		r := &runs[len(runs)-1]
		if r.kind == atom.Br {
			after, runs = append([]inline{*r}, after...), runs[:len(runs)-1]
			continue
		}
		rest := strings.TrimRightFunc(r.text, unicode.IsSpace)
		if r.kind != 0 || rest == r.text {
			break
		}
		after = append([]inline{{text: r.text[len(rest):]}}, after...)
		if r.text = rest; rest == "" {
			runs = runs[:len(runs)-1]
		}
	}
	return before, runs, after
}

// merge joins neighbours of one kind.
func merge(runs []inline) []inline {
	var out []inline
	for _, r := range runs {
		last := len(out) - 1
		if last < 0 || out[last].kind != r.kind || r.kind == atom.Br || r.kind == atom.Img {
			out = append(out, r)
			continue
		}
		out[last].text += r.text
		out[last].runs = append(out[last].runs[:len(out[last].runs):len(out[last].runs)], r.runs...)
	}
	for i := range out {
		if out[i].runs != nil {
			out[i].runs = merge(out[i].runs)
		}
	}
	return out
}

// unemphasised is the words alone.
func unemphasised(runs []inline) []inline {
	var out []inline
	for _, r := range runs {
		if r.runs != nil {
			out = append(out, unemphasised(r.runs)...)
		} else {
			out = append(out, r)
		}
	}
	return merge(out)
}
