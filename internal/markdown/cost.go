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
	maxNesting   = 12        // quote marks and list markers at the start of a line, or brackets open at once
	maxRun       = 64        // of one markup character in a row
	maxMarks     = 2000      // runs of markup characters without an empty line
	maxColumns   = 64        // of a table
	maxCells     = 20_000    // of all tables of a page, with those that a parser adds to fill up short rows
	maxFootnotes = 200
)

// cost adds up what a page costs, line by line.
type cost struct {
	fail             func(offset int, rule, hint, format string, args ...any) *diag.Diagnostic
	paragraph        int // where the text without an empty line begins
	open, marks      int // in it
	lines, columns   int // in it
	cells, footnotes int // of the page
}

// tooCostly refuses a page before any parser sees it.
func tooCostly(lines *diag.Lines, base int, src string) *diag.Diagnostic {
	c := cost{fail: func(offset int, rule, hint, format string, args ...any) *diag.Diagnostic {
		d := diag.Errorf(lines.Pos(base+offset), rule, hint, format, args...)
		return &d
	}}
	if len(src) > MaxBytes {
		return c.fail(0, "page-size", "split the page", "the page has %d bytes, the most is %d", len(src), MaxBytes)
	}
	at := 0
	for line := range strings.Lines(src) {
		if d := c.line(at, strings.TrimRight(line, "\n")); d != nil {
			return d
		}
		at += len(line)
	}
	return nil
}

func (c *cost) line(at int, line string) *diag.Diagnostic {
	lead, markers := containers(line)
	content := strings.TrimLeft(line, "> \t")
	if markers > maxNesting || len(line)-len(content) > 8*maxNesting {
		return c.fail(at, "nesting", "use fewer levels of quotes or lists", "quotes or lists are nested deeper than %d levels", maxNesting)
	}
	if strings.TrimRight(content, " \t\r") == "" {
		c.paragraph, c.open, c.marks, c.lines, c.columns = at+len(line)+1, 0, 0, 0, 0
		return nil
	}
	if at+len(line)-c.paragraph > maxParagraph {
		return c.fail(c.paragraph, "paragraph-size", "put an empty line between paragraphs", "a paragraph is longer than %d bytes", maxParagraph)
	}
	if strings.HasPrefix(line[lead:], "[^") && strings.Contains(line, "]:") {
		if c.footnotes++; c.footnotes > maxFootnotes {
			return c.fail(at, "footnotes", "split the page", "the page has more than %d footnotes", maxFootnotes)
		}
	}
	if d := c.table(at, strings.Count(line, "|")); d != nil {
		return d
	}
	return c.markup(at+len(line)-len(content), content)
}

// table counts a line as a row of as many columns as the widest line so far: a parser gives it so many cells.
func (c *cost) table(at, pipes int) *diag.Diagnostic {
	if pipes > maxColumns {
		return c.fail(at, "table-size", "make several tables", "a table has more than %d columns", maxColumns)
	}
	c.lines++
	if pipes >= c.columns && pipes > 0 {
		c.cells += (pipes + 1 - c.columns) * (c.lines - 1)
		c.columns = pipes + 1
	}
	if c.cells += c.columns; c.cells > maxCells {
		return c.fail(at, "table-size", "split the page", "the tables of the page have more than %d cells", maxCells)
	}
	return nil
}

func (c *cost) markup(at int, content string) *diag.Diagnostic {
	run := 0
	for i := range len(content) {
		b := content[i]
		switch b {
		case '[':
			c.open++
		case ']':
			c.open = max(0, c.open-1)
		}
		switch {
		case strings.IndexByte("*_`~[]()<!\\&", b) < 0:
			run = 0
		case i > 0 && b == content[i-1]:
			run++
		default:
			run = 0
			c.marks++
		}
		if c.open > maxNesting || run > maxRun || c.marks > maxMarks {
			return c.fail(at+i, "nesting", "close what you open, or write a backslash before the character", "too much unfinished markup")
		}
	}
	return nil
}

// containers counts the marks of quotes and list items that a line begins with, and gives the offset behind them.
func containers(line string) (end, n int) {
	for {
		rest := strings.TrimLeft(line[end:], " \t")
		at := len(line) - len(rest)
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		switch {
		case rest == "":
			return at, n
		case rest[0] == '>':
			end = at + 1
		case digits > 0 && digits < len(rest) && (rest[digits] == '.' || rest[digits] == ')') && blankAt(rest, digits+1):
			end = at + digits + 1
		case strings.IndexByte("-*+:", rest[0]) >= 0 && blankAt(rest, 1):
			end = at + 1
		default:
			return at, n
		}
		n++
	}
}

func blankAt(s string, i int) bool { return i == len(s) || s[i] == ' ' || s[i] == '\t' }
