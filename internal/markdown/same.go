package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SameShape reports two texts that have the same shape because they have the same marks in the same order, with letters, spaces or
// punctuation beside the same sides of them. Most translations are so, and need no parser. When it is false, ShapeOf must be asked.
func SameShape(a, b string) bool {
	if !plainMarks(a) || !plainMarks(b) {
		return false
	}
	for a != "" || b != "" {
		var markA, markB, beforeA, beforeB string
		beforeA, markA, a = nextMark(a)
		beforeB, markB, b = nextMark(b)
		if markA != markB || sides(beforeA) != sides(beforeB) {
			return false
		}
	}
	return true
}

// plainMarks reports a text whose only marks are emphasis, links and footnotes' marks.
func plainMarks(s string) bool {
	return !strings.ContainsAny(s, "`\\!<>&|~#\n\t") && !strings.Contains(s, "]:") && !strings.ContainsRune(s, utf8.RuneError) &&
		s != "" && s[0] != ' ' && !startsBlock(s)
}

// nextMark cuts a text at its first mark: a star, underscore or bracket, or a whole destination or name of a footnote.
func nextMark(s string) (before, mark, after string) {
	at := strings.IndexAny(s, "*_[]")
	if at < 0 {
		return s, "", ""
	}
	end := at + 1
	for _, whole := range [][2]string{{"](", ")"}, {"[^", "]"}} {
		if strings.HasPrefix(s[at:], whole[0]) {
			if n := strings.Index(s[at:], whole[1]); n > 0 {
				end = at + n + 1
			}
		}
	}
	return s[:at], s[at:end], s[end:]
}

// sides are the kinds of a text's first and last characters, which tell whether a mark beside them opens or closes.
func sides(s string) [2]byte {
	if s == "" {
		return [2]byte{}
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return [2]byte{side(first), side(last)}
}

func side(r rune) byte {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsPunct(r), unicode.IsSymbol(r):
		return '.'
	}
	return 'a'
}
