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
	unique := ids.free(id)
	ids[unique] = true
	return unique
}

// free is the id itself or the id with a number for which there is none yet. The search halves, because a file may give one name to
// all that it has.
func (ids IDs) free(id string) string {
	numbered := func(n int) string {
		if n == 1 {
			return id
		}
		return id + "-" + strconv.Itoa(n)
	}
	if !ids[id] {
		return id
	}
	taken, free := 1, 2
	for ids[numbered(free)] {
		taken, free = free, 2*free
	}
	for free-taken > 1 {
		if middle := (taken + free) / 2; ids[numbered(middle)] {
			taken = middle
		} else {
			free = middle
		}
	}
	return numbered(free)
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
