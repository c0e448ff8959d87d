package po

import (
	"slices"
	"strings"
)

// Field is a line of the header entry, "Key: Value".
type Field struct{ Key, Value string }

// Header is the header entry, the one without msgctxt whose msgid is empty, read as fields. See the GNU gettext
// manual, "Filling in the Header Entry".
type Header struct{ file *File }

// Header returns the header of f. It works without a header entry: there are no fields then, and Set makes one.
func (f *File) Header() Header { return Header{f} }

func (h Header) entry() *Entry {
	if e := h.file.Lookup("", ""); e != nil && e.key() == (key{}) && !e.Obsolete {
		return e
	}
	return nil
}

func (h Header) lines() []string {
	e := h.entry()
	if e == nil || len(e.Str) == 0 || e.Str[0] == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(e.Str[0], "\n"), "\n")
}

// Fields returns the fields in order. Lines that are not fields are left out here, and kept by Set.
func (h Header) Fields() []Field {
	var fields []Field
	for _, line := range h.lines() {
		if k, v, ok := strings.Cut(line, ":"); ok {
			fields = append(fields, Field{strings.TrimSpace(k), strings.TrimSpace(v)})
		}
	}
	return fields
}

// Get returns the value of the first field with this key, or "".
func (h Header) Get(key string) string {
	for _, field := range h.Fields() {
		if field.Key == key {
			return field.Value
		}
	}
	return ""
}

// Set changes the first field with this key in its place, or adds one at the end. A line break in value becomes a
// space: it would start another field.
func (h Header) Set(key, value string) {
	e := h.entry()
	if e == nil {
		e = &Entry{Str: []string{""}}
		h.file.Insert(0, e)
	}
	value = oneLine(value)
	line := key + ": " + value
	lines := h.lines()
	at := slices.IndexFunc(lines, func(l string) bool {
		k, _, ok := strings.Cut(l, ":")
		return ok && strings.TrimSpace(k) == key
	})
	switch {
	case at < 0:
		lines = append(lines, line)
	case h.Get(key) == value:
		return
	default:
		lines[at] = line
	}
	e.SetStr(strings.Join(lines, "\n") + "\n")
}
