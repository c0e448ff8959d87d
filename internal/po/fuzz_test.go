package po

import (
	"reflect"
	"slices"
	"testing"
)

// FuzzParse holds what is true of any bytes: they survive, and what was understood of them survives printing and
// moving.
func FuzzParse(f *testing.F) {
	for _, src := range corpus(f) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, errs := Parse("fuzz.po", src)
		if got := file.Bytes(); string(got) != string(src) {
			t.Fatalf("got\n%q\nwant\n%q", got, src)
		}
		for _, e := range errs {
			if e.Line < 1 || e.Col < 1 || e.Msg == "" || e.Hint == "" {
				t.Errorf("%+v", e)
			}
		}
		same(t, reprint(file), file.Entries())

		if len(errs) > 0 {
			return // text that was not read may mix with what moves
		}
		if _, errs := Parse("again.po", reprint(file).Bytes()); len(errs) > 0 {
			t.Errorf("printing made errors: %v", errs)
		}
		entries := file.Entries()
		slices.Reverse(entries)
		for i, e := range entries {
			if i%3 == 0 {
				e.SetFlags(append(e.Flags(), "moved"))
			}
		}
		file.Reorder(entries)
		if len(entries) > 4 {
			file.Remove(entries[1], entries[4])
		}
		file.Append(&Entry{HasContext: true, Context: "a", ID: "new"})
		same(t, file, file.Entries())
	})
}

// same checks that a file, read again, has these entries.
func same(t *testing.T, f *File, want []*Entry) {
	t.Helper()
	out := f.Bytes()
	again, _ := Parse("again.po", out)
	got := again.Entries()
	if len(got) != len(want) {
		t.Fatalf("%d entries, want %d, in\n%q", len(got), len(want), out)
	}
	for i := range got {
		if g, w := content(got[i]), content(want[i]); !reflect.DeepEqual(g, w) {
			t.Fatalf("got\n%+v\nwant\n%+v\nin\n%q", g, w, out)
		}
	}
}

// content is the entry without its place in a file, and without what printing makes of nothing.
func content(e *Entry) Entry {
	c := *e.Clone()
	c.Line, c.StrLine, c.place, c.midLine, c.changed = 0, 0, 0, false, false
	if len(c.Str) == 0 {
		c.Str = []string{""}
	}
	if !slices.ContainsFunc(c.Str, func(form string) bool { return form != "" }) {
		c.flags = slices.DeleteFunc(c.flags, func(flag string) bool { return flag == "fuzzy" })
	}
	for _, list := range []*[]string{&c.Comments, &c.Extracted, &c.References, &c.flags, &c.unknown} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	return c
}
