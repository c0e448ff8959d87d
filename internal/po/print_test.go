package po

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files with msgcat")

// goldenVersion is the msgcat whose output the golden files are. Others break lines elsewhere.
const goldenVersion = "msgcat (GNU gettext-tools) 0.21\n"

// msgcat runs msgcat over src. ok is false if it is not the one of the golden files.
func msgcat(t *testing.T, src []byte) (out []byte, ok bool) {
	t.Helper()
	version, err := exec.Command("msgcat", "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), goldenVersion) {
		return nil, false
	}
	cmd := exec.Command("msgcat", "-")
	cmd.Stdin = bytes.NewReader(src)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if out, err = cmd.Output(); err != nil {
		t.Fatalf("msgcat: %v\n%s", err, stderr.Bytes())
	}
	return out, true
}

// golden is what msgcat makes of a file, from the golden file; where msgcat is installed, it must still be so.
func golden(t *testing.T, src []byte, file string) []byte {
	t.Helper()
	live, ok := msgcat(t, src)
	if *update {
		if !ok {
			t.Fatalf("-update needs %s", goldenVersion)
		}
		if err := os.WriteFile(file, live, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if ok && !bytes.Equal(live, want) {
		t.Errorf("%s is not what msgcat writes: run go test -update", file)
	}
	return want
}

// reprint prints all of a file anew.
func reprint(f *File) *File {
	fresh := &File{eol: f.eol}
	for _, e := range f.Entries() {
		fresh.Append(e.Clone())
	}
	return fresh
}

func TestPrintsAsMsgcat(t *testing.T) {
	inputs, err := filepath.Glob("testdata/msgcat/*.po")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, input := range inputs {
		src, err := os.ReadFile(input)
		if err != nil {
			t.Fatal(err)
		}
		want := golden(t, src, strings.TrimSuffix(input, ".po")+".golden")
		f, errs := Parse(input, src)
		if len(errs) > 0 {
			t.Errorf("%s: %v", input, errs)
		}
		diff(t, input, reprint(f).Bytes(), want)
	}
}

func diff(t *testing.T, name string, got, want []byte) {
	t.Helper()
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Errorf("%s: line %d\ngot  %q\nwant %q", name, i+1, g[min(i, len(g)):min(i+3, len(g))], w[min(i, len(w)):min(i+3, len(w))])
			return
		}
	}
}

// msgcat reads the nasty file as Parse does, but for its flags: of several "#," lines it takes the last.
func TestReadsAsMsgcat(t *testing.T) {
	read := func(src []byte) []Entry {
		f, _ := Parse("nasty.po", src)
		var entries []Entry
		for _, e := range f.Entries() {
			entries = append(entries, Entry{Context: e.Context, HasContext: e.HasContext, ID: e.ID, Plural: e.Plural,
				Str: e.Str, Extracted: e.Extracted, Previous: e.Previous, Obsolete: e.Obsolete})
		}
		return entries
	}
	src, err := os.ReadFile("testdata/corpus/nasty.po")
	if err != nil {
		t.Fatal(err)
	}
	got, want := read(src), read(golden(t, src, "testdata/msgcat/nasty.golden"))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// Texts of random words, joined by what words are joined by in many scripts, break where msgcat breaks them.
func TestBreaksAsMsgcat(t *testing.T) {
	scripts := [][]rune{
		[]rune("abcdefghijklmnopqrstuvwxyzABC"),
		[]rune("абвгдежзийклмнопрстуфхцчшщъыьэюяЁ"),
		[]rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي\u064e\u064f\u0650\u0651\u0652ـ"),
		[]rune("用流动的冷水冲洗烧伤部位二十分钟然后干净保鲜膜覆盖々〇"),
		[]rune("やけどをした部分ッャュョーアイウｱｲｳ"),
		[]rune("화상부위를이십분동안식힌ᄒᆞᆫ"),
		[]rune("कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह\u093e\u093f\u0940\u094d"),
		[]rune("אבגדהוזחטיכלמנסעפצקרשת\u05b0\u05b4"),
		[]rune("0123456789٠١٢٣٤٥٦٧٨٩०१२３４"),
		[]rune("🔥🚑🧊👍🏿👩🏽⚕❤✅❌⚠🇫🇷🇩\u200d\ufe0f①½★→"),
	}
	joints := []rune("          ,.;:!?()[]{}<>/\\\"'-–—…«»“”‘’„、。，；：！？（）「」《》،؛؟।%٪٫$€£№+±*=&#@|~^`_\t\u00a0\u200b\u2060\u202f\u00ad\u2028\u200e\u200f°×")
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(from []rune) string { return string(from[rnd.IntN(len(from))]) }
	f := New()
	for i := range 1500 {
		text := func() string {
			var b strings.Builder
			for range rnd.IntN(40) + 1 {
				script := scripts[rnd.IntN(len(scripts))]
				for range rnd.IntN(12) {
					b.WriteString(pick(script))
				}
				for range rnd.IntN(3) {
					b.WriteString(pick(joints))
				}
				if rnd.IntN(30) == 0 {
					b.WriteString("\n")
				}
			}
			return b.String()
		}
		e := &Entry{HasContext: true, Context: fmt.Sprint("c", i), ID: text(), Str: []string{text()}}
		if i%3 == 0 {
			e.Previous.ID = text()
			e.flags = []string{"fuzzy"}
		}
		e.Obsolete = i >= 1200 // msgcat writes obsolete entries last,
		if e.Obsolete && e.Str[0] == "" {
			e.Str[0] = "x" // and only those with a translation
		}
		f.Append(e)
	}
	src := f.Bytes()
	want, ok := msgcat(t, src)
	if !ok {
		t.Skipf("msgcat of the golden files is not installed")
	}
	diff(t, "random texts", src, want)
}
