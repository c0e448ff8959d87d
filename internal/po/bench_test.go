package po

import (
	"bytes"
	"fmt"
	"testing"
)

// bigFile is about 40 MB as a catalog of modules has it: short and long texts, references, a few fuzzy entries.
func bigFile() []byte {
	var b bytes.Buffer
	b.WriteString("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n")
	for i := 0; b.Len() < 40<<20; i++ {
		fmt.Fprintf(&b, "\n#. paragraph\n#: modules/burns/page-%d.md\n", i/100)
		if i%10 == 0 {
			b.WriteString("#, fuzzy\n#| msgid \"Cool the burn for ten minutes.\"\n")
		}
		fmt.Fprintf(&b, "msgctxt \"burns/page-%d#s%d\"\nmsgid \"\"\n", i/100, i)
		b.WriteString("\"Cool the burn under running water for twenty minutes, then cover it with a \"\n\"clean film; don't use \\\"ice\\\".\"\n")
		b.WriteString("msgstr \"Охлаждайте ожог проточной водой двадцать минут\"\n")
	}
	return b.Bytes()
}

func BenchmarkParse(b *testing.B) {
	src := bigFile()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, errs := Parse("big.po", src); len(errs) > 0 {
			b.Fatal(errs[0])
		}
	}
}

func BenchmarkBytes(b *testing.B) {
	src := bigFile()
	f, _ := Parse("big.po", src)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		f.Bytes()
	}
}

func BenchmarkPrint(b *testing.B) {
	e := &Entry{ID: "Cool the burn under running water for twenty minutes, then cover it with a clean film.",
		Str: []string{"Охлаждайте ожог проточной водой двадцать минут, затем накройте его чистой плёнкой."}}
	b.ReportAllocs()
	for b.Loop() {
		e.print(nil, "\n")
	}
}
