package course

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// arabic folds letters that writers of Arabic use for one another: the forms of alif and hamza, alif maqsura and ya, taa marbuta
// and ha, and the ya and kaf of Persian keyboards.
var arabic = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ؤ", "و", "ئ", "ي", "ى", "ي", "ی", "ي", "ک", "ك", "ة", "ه")

// marks folds what phones and word processors put in the place of what was typed: apostrophes, quotation marks, hyphens and dashes.
// A tatweel only stretches a word.
var marks = strings.NewReplacer("‘", "'", "’", "'", "ʼ", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`,
	"‐", "-", "‒", "-", "–", "-", "—", "-", "−", "-", "٪", "%", "ـ", "")

// Fold brings a typed answer into a form in which answers that a teacher would call the same are the same: compatibility forms
// (full width, ligatures), invisible characters, white space, apostrophes and dashes, a full stop at the end, digits of any script
// and, unless they matter, capitals, accents and Arabic variants. assets/components/quiz/fold.ts does the same; testdata/folding.json
// holds both to it.
func Fold(s string, keepCase, keepAccents bool) string {
	s = marks.Replace(norm.NFKC.String(without(unicode.Cf, s)))
	if !keepCase {
		s = strings.ToLower(s)
	}
	if !keepAccents {
		s = norm.NFKC.String(without(unicode.Mn, norm.NFKD.String(arabic.Replace(s))))
	}
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Nd, r) {
			return '0' + Digit(r)
		}
		return r
	}, s)
	return strings.TrimRight(strings.TrimLeft(strings.Join(strings.Fields(s), " "), "¿¡"), " .,;:!?。、،؛؟")
}

// without takes the characters of a class out of a text.
func without(class *unicode.RangeTable, s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(class, r) {
			return -1
		}
		return r
	}, s)
}

// Digit is the value of a decimal digit of any script: Unicode has them in runs of ten, each starting at its zero.
func Digit(r rune) rune {
	value := rune(0)
	for value < 9 && unicode.Is(unicode.Nd, r-value-1) {
		value++
	}
	return value
}

// near reports whether two folded texts differ by at most typos letters (insert, leave out, change, or swap neighbours). Short words
// must be exact: a letter more or less makes another word of them.
func near(a, b string, typos int) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	if typos == 0 || len(y) < 4 || len(x)-len(y) > typos || len(y)-len(x) > typos || len(x) > 200 {
		return false
	}
	return editDistance(x, y) <= typos
}

// editDistance is the optimal string alignment distance.
func editDistance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// Numbers gives the numbers that a text can be read as: none, one, or two where its only mark may separate thousands or decimals
// ("1,500").
func Numbers(text string) []float64 {
	s := Fold(text, false, true)
	s = strings.NewReplacer("٬", "", "'", "", " ", "", "٫", ".").Replace(s)
	marks := strings.Count(s, ".") + strings.Count(s, ",")
	var readings []string
	last := strings.LastIndexAny(s, ".,")
	switch {
	case marks == 0:
		readings = []string{s}
	case marks == 1:
		readings = []string{s[:last] + "." + s[last+1:]}
		if len(s)-last-1 == 3 && strings.Trim(s[:last], "-0") != "" {
			readings = append(readings, s[:last]+s[last+1:])
		}
	case strings.Count(s, s[last:last+1]) > 1: // the same mark more than once separates thousands
		readings = []string{strings.NewReplacer(".", "", ",", "").Replace(s)}
	default: // the last of two kinds is the decimal mark
		readings = []string{strings.NewReplacer(".", "", ",", "").Replace(s[:last]) + "." + s[last+1:]}
	}
	var out []float64
	for _, r := range readings {
		if v, err := strconv.ParseFloat(r, 64); err == nil && !strings.ContainsAny(r, "xXpPnNiI_eE") {
			out = append(out, v)
		}
	}
	return out
}
