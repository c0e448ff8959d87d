package markdown

import (
	"strings"

	"lectern/internal/diag"
)

// The limits keep the time of both parsers in proportion to the text: nested containers and long runs of
// unfinished markup cost goldmark the square of their length or worse. Real pages stay far below them.
const (
	MaxBytes     = 256 << 10 // of a page
	maxParagraph = 16 << 10  // bytes without an empty line
	maxNesting   = 12        // quote marks, list levels of two spaces, or brackets open at once
	maxRun       = 64        // of one markup character in a row
)

// tooCostly refuses a page before any parser sees it.
func tooCostly(lines *diag.Lines, base int, src string) *diag.Diagnostic {
	fail := func(offset int, rule, hint, format string, args ...any) *diag.Diagnostic {
		d := diag.Errorf(lines.Pos(base+offset), rule, hint, format, args...)
		return &d
	}
	if len(src) > MaxBytes {
		return fail(0, "page-size", "split the page", "the page has %d bytes, the most is %d", len(src), MaxBytes)
	}
	paragraph, open := 0, 0
	for at := 0; at < len(src); {
		line := src[at:]
		if n := strings.IndexByte(line, '\n'); n >= 0 {
			line = line[:n]
		}
		content := strings.TrimLeft(line, "> \t")
		if quotes := strings.Count(line[:len(line)-len(content)], ">"); quotes > maxNesting || len(line)-len(content) > 8*maxNesting {
			return fail(at, "nesting", "use fewer levels of quotes or lists", "quotes or lists are nested deeper than %d levels", maxNesting)
		}
		if nested := strings.TrimLeft(content, "-*+ \t"); markers(content[:len(content)-len(nested)]) > maxNesting {
			return fail(at, "nesting", "use fewer levels of quotes or lists", "quotes or lists are nested deeper than %d levels", maxNesting)
		}
		if strings.TrimRight(content, " \t\r") == "" {
			paragraph, open = at, 0
		}
		if at+len(line)-paragraph > maxParagraph {
			return fail(paragraph, "paragraph-size", "put an empty line between paragraphs", "a paragraph is longer than %d bytes", maxParagraph)
		}
		run := 0
		for i := range len(content) {
			c := content[i]
			switch c {
			case '[':
				open++
			case ']':
				open = max(0, open-1)
			}
			if i > 0 && c == content[i-1] && strings.IndexByte("*_`~[]()<!\\&", c) >= 0 {
				run++
			} else {
				run = 0
			}
			if open > maxNesting || run > maxRun {
				return fail(at+len(line)-len(content)+i, "nesting", "close what you open, or write a backslash before the character", "too much unfinished markup")
			}
		}
		at += len(line) + 1
	}
	return nil
}

// markers counts list markers in the leading "- - - " of a line; a thematic break has no more than it needs.
func markers(lead string) int {
	n := 0
	for _, f := range strings.Fields(lead) {
		if len(f) == 1 {
			n++
		}
	}
	return n
}
