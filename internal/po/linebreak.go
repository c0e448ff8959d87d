package po

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// lineClass is a line breaking class of Unicode Standard Annex #14. The classes it leaves to the implementation are
// resolved as gettext does: AI, SA and XX are AL, CB is ID, CJ is NS, and CR, LF and NL are BK.
type lineClass uint8

const (
	lbBK lineClass = iota // also the start of the text
	lbAL
	lbB2
	lbBA
	lbBB
	lbCL
	lbCM
	lbCP
	lbEB
	lbEM
	lbEX
	lbGL
	lbH2
	lbH3
	lbHL
	lbHY
	lbID
	lbIN
	lbIS
	lbJL
	lbJT
	lbJV
	lbNS
	lbNU
	lbOP
	lbOPEast // opening punctuation of East Asian width, which LB30 leaves out
	lbPO
	lbPR
	lbQU
	lbRI
	lbSP
	lbSY
	lbWJ
	lbZW
	lbZWJ
	lineClasses
)

type classSet uint64

func classes(list ...lineClass) (s classSet) {
	for _, c := range list {
		s |= 1 << c
	}
	return s
}

func (s classSet) has(c lineClass) bool { return s>>c&1 == 1 }

var (
	hangul = classes(lbH2, lbH3, lbJL, lbJV, lbJT)
	open   = classes(lbOP, lbOPEast)

	// sticksToAll holds what no break comes before, not even after spaces: LB11, LB13.
	sticksToAll = classes(lbWJ, lbCL, lbCP, lbEX, lbIS, lbSY)
	// joinsAll holds what no break comes before unless there are spaces: LB19, LB21, LB22.
	joinsAll = classes(lbQU, lbBA, lbHY, lbNS, lbIN)
	// joinedByAll holds what no break comes after unless there are spaces: LB11, LB12, LB19, LB21.
	joinedByAll = classes(lbWJ, lbGL, lbBB, lbQU)
	// numeric is one side of LB25 and of LB23, LB24.
	numeric = classes(lbNU, lbPO, lbPR)
)

// joins holds, for a class, those it is not separated from unless there are spaces: LB21b to LB30b. LB29, which keeps
// "e.g." together, is missing as it is in gettext, so that text breaks before a tag: "<p>end.</p>".
var joins = [lineClasses]classSet{
	lbAL: classes(lbAL, lbHL, lbOP) | numeric,
	lbHL: classes(lbAL, lbHL, lbOP) | numeric,
	lbNU: classes(lbAL, lbHL, lbOP) | numeric,
	lbCP: classes(lbAL, lbHL) | numeric,
	lbCL: classes(lbPO, lbPR),
	lbPO: classes(lbAL, lbHL, lbNU) | open,
	lbPR: classes(lbAL, lbHL, lbNU, lbID, lbEB, lbEM) | open | hangul,
	lbHY: classes(lbNU),
	lbIS: classes(lbNU),
	lbSY: classes(lbNU, lbHL),
	lbID: classes(lbPO),
	lbEB: classes(lbPO, lbEM),
	lbEM: classes(lbPO),
	lbJL: classes(lbPO, lbJL, lbJV, lbH2, lbH3),
	lbJV: classes(lbPO, lbJV, lbJT),
	lbH2: classes(lbPO, lbJV, lbJT),
	lbJT: classes(lbPO, lbJT),
	lbH3: classes(lbPO, lbJT),
}

// mayBreak says whether a line may be broken between classes a and b, with spaces between them or not.
func mayBreak(a, b lineClass, spaces bool) bool {
	switch {
	case sticksToAll.has(b), open.has(a):
		return false
	case a == lbQU && open.has(b), a == lbCL && b == lbNS, a == lbB2 && b == lbB2: // LB15 to LB17
		return false
	case spaces: // LB18
		return true
	case b == lbGL: // LB12a
		return a == lbBA || a == lbHY
	}
	return !joinsAll.has(b) && !joinedByAll.has(a) && !joins[a].has(b)
}

type opportunity uint8

const (
	breakNever opportunity = iota
	breakMay
	breakMust
)

// breaker finds the opportunities to break a line, character by character. The zero breaker is at the start of a text.
type breaker struct {
	last   lineClass // last character that was not a space or a combining mark
	spaces bool      // spaces were seen since
	before lineClass // last character
	hebrew bool      // the last two were a Hebrew letter and a hyphen
	flags  int       // number of regional indicators just before this character
}

// next says whether a line may be broken before r, and moves on.
func (b *breaker) next(r rune) opportunity {
	c := classOf(r)
	may := false
	switch c {
	case lbBK: // LB4
		*b = breaker{}
		return breakMust
	case lbSP: // LB7
		b.spaces = true
	case lbZW: // LB7, LB8
		b.last, b.spaces = c, false
	case lbCM, lbZWJ: // LB9, and LB10 where there is nothing to combine with
		may = b.last == lbZW || b.spaces && b.last != lbBK
		if may || b.last == lbBK {
			b.last, b.spaces = lbAL, false
		}
	default:
		may = b.breaksBefore(c)
		b.last, b.spaces = c, false
	}
	b.hebrew = b.before == lbHL && (c == lbHY || c == lbBA)
	b.before = c
	if c == lbRI {
		b.flags++
	} else {
		b.flags = 0
	}
	if may {
		return breakMay
	}
	return breakNever
}

func (b *breaker) breaksBefore(c lineClass) bool {
	switch {
	case b.last == lbBK:
		return false
	case b.last == lbZW: // LB8
		return true
	case b.before == lbZWJ, b.hebrew: // LB8a, LB21a
		return false
	case c == lbRI && b.last == lbRI: // LB30a
		return b.spaces || b.flags%2 == 0
	}
	return mayBreak(b.last, c, b.spaces)
}

type classRange struct {
	lo, hi rune
	class  lineClass
}

type runeRange struct{ lo, hi rune }

var asciiClasses = func() (table [utf8.RuneSelf]lineClass) {
	for r := range table {
		table[r] = findClass(rune(r))
	}
	return table
}()

func classOf(r rune) lineClass {
	if r < utf8.RuneSelf {
		return asciiClasses[r]
	}
	return findClass(r)
}

// findClass derives the class from the general category; lineClassTable has those that differ.
func findClass(r rune) lineClass {
	i, found := slices.BinarySearchFunc(lineClassTable, r, func(c classRange, r rune) int {
		return compareRange(c.lo, c.hi, r)
	})
	switch {
	case found:
		return lineClassTable[i].class
	case 0xAC00 <= r && r <= 0xD7A3: // Hangul syllables: every 28th has no final consonant
		if (r-0xAC00)%28 == 0 {
			return lbH2
		}
		return lbH3
	case unicode.In(r, unicode.M, unicode.Cc, unicode.Cf):
		return lbCM
	case unicode.Is(unicode.Ps, r):
		if isWide(r) || r == '｢' { // the one that is half width
			return lbOPEast
		}
		return lbOP
	case unicode.Is(unicode.Pe, r):
		return lbCL
	case unicode.In(r, unicode.Pi, unicode.Pf):
		return lbQU
	case unicode.Is(unicode.Sc, r):
		return lbPR
	case isWide(r):
		return lbID
	case unicode.Is(unicode.Nd, r):
		return lbNU
	}
	return lbAL
}

func isWide(r rune) bool {
	_, found := slices.BinarySearchFunc(wideTable, r, func(w runeRange, r rune) int { return compareRange(w.lo, w.hi, r) })
	return found
}

func compareRange(lo, hi, r rune) int {
	switch {
	case r < lo:
		return cmp.Compare(lo, r)
	case r > hi:
		return cmp.Compare(hi, r)
	}
	return 0
}
