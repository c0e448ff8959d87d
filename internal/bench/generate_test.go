package bench

import (
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"

	"lectern"
	"lectern/internal/build"
)

func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(dir + "/" + name)
		out[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func generate(t *testing.T, w Work) string {
	t.Helper()
	dir := t.TempDir()
	if err := Generate(dir, w); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestGenerateIsDeterministic(t *testing.T) {
	w := Work{Pages: 1, Languages: 6, Seed: 7}
	first, again := files(t, generate(t, w)), files(t, generate(t, w))
	if !maps.Equal(first, again) {
		t.Error("two libraries of one seed differ")
	}
	w.Seed++
	if maps.Equal(first, files(t, generate(t, w))) {
		t.Error("libraries of two seeds are the same")
	}
}

// TestGeneratedWorkIsSound also says what a generated lesson is: as long as a real one, and translated whole.
func TestGeneratedWorkIsSound(t *testing.T) {
	dir := generate(t, Work{Pages: 2 * modulesPerShelf * pagesOfModule, Languages: 2, Seed: 1})
	diags, err := build.Check(build.Options{Dir: dir, Defaults: lectern.Defaults, Audience: "learner"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		t.Error(d, d.Hint)
	}
	for name, contents := range files(t, dir) {
		switch {
		case strings.HasSuffix(name, "-part-3.md"):
			if n := len(strings.Fields(contents)); n < 1300 || n > 1600 {
				t.Errorf("%s has %d words", name, n)
			}
		case strings.HasSuffix(name, ".po"):
			if strings.Contains(contents, "msgstr \"\"\n\n") || strings.HasSuffix(contents, "msgstr \"\"\n") {
				t.Errorf("%s holds an empty translation", name)
			}
		}
	}
}

func TestTranslate(t *testing.T) {
	zh, ar := languages[2], languages[1]
	const source = `The **act work** [of law](../a-b.md#act) in 1,200 cases, "act".[^act]`
	for _, l := range []language{zh, ar} {
		got := l.translate(source)
		for _, keep := range []string{"](../a-b.md#act)", "1,200", "[^act]", "**"} {
			if !strings.Contains(got, keep) {
				t.Errorf("%s: %q lost %s", l.code, got, keep)
			}
		}
		if strings.Contains(got, "law]") {
			t.Errorf("%s: %q is not translated", l.code, got)
		}
	}
	if got := languages[0].translate(source); got != source {
		t.Errorf("English changed: %q", got)
	}
}

func TestQuote(t *testing.T) {
	long := strings.Repeat("слово \\ \"x\"\n", 20) + strings.Repeat("字", 100)
	if got := unquote(quote(long)); got != long {
		t.Errorf("got %q", got)
	}
}
