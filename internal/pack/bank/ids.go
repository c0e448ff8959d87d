package bank

import (
	"strconv"
	"strings"
)

const maxID = 64

// IDs gives ids that are unique among those it gave before.
type IDs map[string]bool

// New makes an id from the first of the names that has a letter or digit of ASCII. A repeated one is numbered.
func (ids IDs) New(names ...string) string {
	id := "question"
	for _, name := range names {
		if s := slug(name); s != "" {
			id = s
			break
		}
	}
	unique := id
	for n := 2; ids[unique]; n++ {
		unique = id + "-" + strconv.Itoa(n)
	}
	ids[unique] = true
	return unique
}

// slug is the lower-case letters and digits of ASCII in a name, with hyphens between words.
func slug(name string) string {
	var out strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		default:
			gap = true
		}
		if out.Len() >= maxID {
			break
		}
	}
	return out.String()
}

// Letter names the n-th of a list whose elements have no ids in a file: a, b, ... z, a1, b1 ...
func Letter(n int) string {
	id := string(rune('a' + n%26))
	if n >= 26 {
		id += strconv.Itoa(n / 26)
	}
	return id
}
