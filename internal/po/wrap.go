package po

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// breakLines returns where to break text, which is escaped, so that its lines fit in width columns; column is where the
// first line starts. It is greedy, as msgcat is, and a line without an opportunity to break stays long.
//
// Breaks equal those of msgcat where it uses libunistring 1.0 (gettext 0.21), with these exceptions: msgcat does not
// break a format directive with a space in it, such as "% d" in an entry flagged c-format; characters newer than
// Unicode 14, emoji sequences made with them, and punctuation of historic scripts beyond U+FFFF may break elsewhere.
// Newer msgcats follow newer versions of UAX #14, which differ around quotation marks and hyphens.
func breakLines(text string, width, column int) []int {
	var cuts []int
	var b breaker
	candidate, piece := -1, 0 // where the line may be broken, and the columns since
	escaped := 0              // bytes left of an escape sequence, which is never split
	last := len(text)
	if strings.HasSuffix(text, `\n`) {
		last -= 2 // a \n stays with the text it ends
	}
	for i, r := range text {
		opportunity := b.next(r)
		if escaped > 0 || i == last {
			opportunity = breakNever
		}
		switch {
		case escaped > 0:
			escaped--
		case r == '\\' && strings.HasPrefix(text[i:], `\000`):
			escaped = 3
		case r == '\\':
			escaped = 1
		}
		if opportunity != breakNever && candidate >= 0 && column+piece > width {
			cuts = append(cuts, candidate)
			column = 0
		}
		switch opportunity {
		case breakMust: // a line separator in the text; it shows as such without a cut
			candidate, column, piece = -1, 0, 0
			continue
		case breakMay:
			column += piece
			candidate, piece = i, 0
		}
		piece += runeWidth(r)
	}
	if candidate >= 0 && column+piece > width {
		cuts = append(cuts, candidate)
	}
	return cuts
}

// runeWidth is the columns a character takes in a terminal: none for combining and invisible ones, two for the wide
// ones of East Asia and for emoji.
func runeWidth(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		if unicode.IsControl(r) {
			return 0
		}
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc), isMedialJamo(r):
		return 0
	case isWide(r):
		return 2
	}
	return 1
}

// isMedialJamo is true of the vowels and final consonants that join the syllable before them.
func isMedialJamo(r rune) bool {
	return 0x1160 <= r && r <= 0x11FF || 0xD7B0 <= r && r <= 0xD7C6 || 0xD7CB <= r && r <= 0xD7FB
}
