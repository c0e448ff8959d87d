package qti

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/load"
	"lectern/internal/pack/bank"
)

// Items as other systems write them, each beside the quiz file that it becomes and the list of what is lost.
func TestImportForeign(t *testing.T) {
	files, err := filepath.Glob("testdata/foreign/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatal("no items", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in := Import(filepath.Base(file), src)
			var got strings.Builder
			got.Write(load.WriteQuizzes(in.Quizzes))
			for _, l := range in.Losses {
				fmt.Fprintf(&got, "# lost: %s: %s\n", l.Question, l.What)
			}
			for _, d := range in.Diags {
				fmt.Fprintf(&got, "# %s\n#   hint: %s\n", d, d.Hint)
			}
			golden := strings.TrimSuffix(file, ".xml") + ".yaml"
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

// packed is a file of a test's package.
type packed struct {
	name, contents string
	mode           fs.FileMode
}

func pack(t testing.TB, files ...packed) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.mode != 0 {
			h.SetMode(f.mode)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.contents)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	essayItem = `<assessmentItem identifier="%s" title="T"><responseDeclaration identifier="R" cardinality="single" baseType="string"/>
<itemBody><p>%s</p><extendedTextInteraction responseIdentifier="R"/><rubricBlock view="scorer"><p>M</p></rubricBlock></itemBody></assessmentItem>`
	spotItem = `<assessmentItem identifier="spot" title="T"><responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody><hotspotInteraction responseIdentifier="R" maxChoices="1"><prompt>Where?</prompt><object type="image/png" data="../pictures/UK%20map.png" width="206" height="280"/>
<hotspotChoice identifier="A" shape="circle" coords="77,115,8"/><hotspotChoice identifier="B" shape="poly" coords="1,2,9,2,9,12" hotspotLabel="South"/><hotspotChoice identifier="C" shape="default"/></hotspotInteraction></itemBody></assessmentItem>`
)

func item1(id, words string) string { return fmt.Sprintf(essayItem, id, words) }

// A package below a folder, with pictures, a test with sections, and an item outside of it.
func TestImportPackage(t *testing.T) {
	contents := pack(t,
		packed{name: "bank/imsmanifest.xml", contents: `<manifest><resources>
<resource identifier="t" type="imsqti_test_xmlv2p1" href="tests/t.xml"/>
<resource identifier="a" type="imsqti_item_xmlv2p1" href="items/a.xml"/>
<resource identifier="b" type="imsqti_item_xmlv2p1"><file href="items/b%20b.xml"/></resource>
<resource identifier="s" type="imsqti_item_xmlv2p1" href="items/s.xml"/>
<resource identifier="x" type="imsqti_item_xmlv2p1" href="items/missing.xml"/>
<resource identifier="css" type="webcontent" href="style.css"/></resources></manifest>`},
		packed{name: "bank/tests/t.xml", contents: `<assessmentTest identifier="Final Test" title=" The   end ">
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="10" masteryValue="6"/><timeLimits maxTime="90"/>
<testPart identifier="P" navigationMode="linear" submissionMode="simultaneous"><itemSessionControl maxAttempts="1"/>
<assessmentSection identifier="S1" title="One" visible="true"><selection select="1"/><rubricBlock view="candidate"><p>Good <strong>luck</strong>.</p></rubricBlock>
<assessmentItemRef identifier="r1" href="../items/b%20b.xml"><weight identifier="W" value="3"/></assessmentItemRef><assessmentItemRef identifier="r2" href="../items/s.xml"/>
<assessmentItemRef identifier="r3" href="../items/gone.xml"/></assessmentSection></testPart></assessmentTest>`},
		packed{name: "bank/items/a.xml", contents: item1("alone", "Alone.")},
		packed{name: "bank/items/b b.xml", contents: item1("B", `See <img src="../pictures/UK map.png" alt="a map"/>.`)},
		packed{name: "bank/items/s.xml", contents: spotItem},
		packed{name: "bank/pictures/UK map.png", contents: string(onePixel)},
		packed{name: "bank/style.css", contents: "p { color: red }"},
	)
	in := Import("some bank.zip", contents)
	const want = `quizzes:
  - id: final-test
    title: The end
    intro: Good **luck**.
    mode: graded
    pass: 60
    attempts: 1
    draw: 1
    feedback: end
    minutes: 2
    questions:
      - id: b
        type: essay
        prompt: See ![a map](images/uk-map.png).
        model: M
        weight: 3
      - id: spot
        type: hotspot
        scoring: all
        prompt: Where?
        image: images/uk-map.png
        areas:
          - id: a
            text: a
            area: [69, 107, 16, 16]
            correct: true
          - id: b
            text: South
            area: [1, 2, 8, 10]

  - id: some-bank
    title: some bank
    questions:
      - id: alone
        type: essay
        prompt: Alone.
        model: M
`
	if got := printed(in); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	wantLost := []bank.Loss{
		{Question: "spot", What: "the shape circle of an area"}, {Question: "spot", What: "words for the area a"},
		{Question: "spot", What: "the shape poly of an area"}, {Question: "spot", What: "the shape default of an area"}, {Question: "spot", What: "an area without a shape"},
	}
	if !reflect.DeepEqual(in.Losses, wantLost) {
		t.Errorf("losses %v, want %v", in.Losses, wantLost)
	}
	wantDiags(t, in.Diags,
		"some bank.zip/bank/imsmanifest.xml:6:1: warning: the manifest lists items/missing.xml, which the package does not hold [import-file]",
		"some bank.zip/bank/tests/t.xml:6:1: warning: the test asks for ../items/gone.xml, which the package does not hold [import-file]")
	if len(in.Images) != 1 || in.Images[0].Name != "images/uk-map.png" || !bytes.Equal(in.Images[0].Contents, onePixel) {
		t.Errorf("images %v", in.Images)
	}
}

func wantDiags(t *testing.T, got []diag.Diagnostic, want ...string) {
	t.Helper()
	var lines []string
	for _, d := range got {
		lines = append(lines, d.String())
		if d.Hint == "" {
			t.Errorf("%s has no hint", d)
		}
	}
	if !reflect.DeepEqual(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestImportRefuses(t *testing.T) {
	manifest := packed{name: "imsmanifest.xml", contents: `<manifest><resources><resource href="a.xml"/></resources></manifest>`}
	many := make([]packed, maxEntries+1)
	for i := range many {
		many[i].name = fmt.Sprint(i)
	}
	for name, c := range map[string]struct {
		src  []byte
		want string
	}{
		"doctype":    {[]byte(`<!DOCTYPE x [<!ENTITY a "b">]><assessmentItem/>`), "x:1:1: error: the file has a document type [import-doctype]"},
		"entity":     {[]byte(`<assessmentItem>&a;</assessmentItem>`), `x:1: error: the file is not well-formed XML: invalid character entity &a; [import-xml]`},
		"depth":      {[]byte(strings.Repeat("<a>", 100)), "x:1:193: error: elements are nested deeper than 64 [import-depth]"},
		"not XML":    {[]byte("hello"), "x:1:1: error: the file has no XML element [import-xml]"},
		"QTI 1":      {[]byte("<questestinterop/>"), "x: error: QTI 1 is not read [import-version]"},
		"other":      {[]byte("<html/>"), "x: error: the element <html> is no item of QTI 2 or 3 [import-version]"},
		"not a zip":  {[]byte("PK\x03\x04 and so on"), "x: error: the file is not a zip file that can be read [import-zip]"},
		"zip slip":   {pack(t, packed{name: "../../x.xml"}), `x: error: the package holds "../../x.xml", which is no plain file in it [import-zip]`},
		"absolute":   {pack(t, packed{name: "/etc/passwd"}), `x: error: the package holds "/etc/passwd", which is no plain file in it [import-zip]`},
		"backslash":  {pack(t, packed{name: `..\x.xml`}), `x: error: the package holds "..\\x.xml", which is no plain file in it [import-zip]`},
		"link":       {pack(t, packed{name: "a.xml", contents: "/etc/passwd", mode: fs.ModeSymlink | 0o777}), `x: error: the package holds "a.xml", which is no plain file in it [import-zip]`},
		"twice":      {pack(t, packed{name: "a.xml"}, packed{name: "a.xml"}), `x: error: the package holds two files "a.xml" [import-zip]`},
		"many files": {pack(t, many...), "x: error: the package has more than 5000 files [import-size]"},
		"bomb":       {pack(t, manifest, packed{name: "a.xml", contents: strings.Repeat(" ", 4<<20)}), "x/a.xml: error: the file unpacks to more than 200 times its size [import-size]"},
		"large file": {pack(t, manifest, packed{name: "a.xml", contents: noise(9 << 20)}), "x/a.xml: error: the file, or the package with it, unpacks to too much [import-size]"},
		"QTI 1 pack": {pack(t, manifest, packed{name: "a.xml", contents: "<questestinterop/>"}), "x/a.xml: error: QTI 1 is not read [import-version]"},
		"large item": {[]byte(`<assessmentItem identifier="a"><itemBody>` + strings.Repeat("<hottext/>", maxParts+1) + `</itemBody></assessmentItem>`), "x:1:1: error: the item a is larger than any question [import-size]"},
		"encoding":   {[]byte(`<?xml version="1.0" encoding="ISO-8859-1"?><assessmentItem/>`), "x:1:1: error: the file says that it is not in UTF-8 [import-encoding]"},
	} {
		t.Run(name, func(t *testing.T) {
			in := Import("x", c.src)
			wantDiags(t, in.Diags, c.want)
			if len(in.Quizzes) != 0 {
				t.Errorf("read %v", in.Quizzes)
			}
		})
	}
}

// noise is text that packs to no less than a fiftieth.
func noise(n int) string {
	var out strings.Builder
	for i := uint32(1); out.Len() < n; i = i*1664525 + 1013904223 {
		fmt.Fprintf(&out, "%x", i)
	}
	return out.String()
}

// Files that repeat themselves cost time in proportion to their size.
func TestImportCost(t *testing.T) {
	rules := strings.Repeat(`<or>`, 5) + strings.Repeat(`<stringMatch><variable identifier="R"/><baseValue baseType="string">a</baseValue></stringMatch>`, 6000) + strings.Repeat(`</or>`, 5)
	for name, src := range map[string]string{
		"rules": `<responseProcessing><responseCondition><responseIf>` + rules + strings.Repeat(`<setOutcomeValue identifier="F"><baseValue baseType="identifier">x</baseValue></setOutcomeValue>`, 8000) + `</responseIf></responseCondition></responseProcessing>
<modalFeedback outcomeIdentifier="F" identifier="x">` + strings.Repeat("long ", 20_000) + `</modalFeedback>`,
		"feedback": strings.Repeat(`<modalFeedback outcomeIdentifier="F" identifier="x" showHide="hide">`+strings.Repeat("word ", 4000)+`</modalFeedback>`, maxParts-10),
		"images":   strings.Repeat(`<modalFeedback outcomeIdentifier="F" identifier="x" showHide="hide">`+strings.Repeat(`<img src="a.png" alt="a"/>`, 90)+`</modalFeedback>`, maxParts-10),
	} {
		t.Run(name, func(t *testing.T) {
			item := `<assessmentItem identifier="a"><responseDeclaration identifier="R" cardinality="single" baseType="string"><mapping>` +
				strings.Repeat(`<mapEntry mapKey="a" mappedValue="1"/>`, maxValues) + `</mapping></responseDeclaration><itemBody><p><textEntryInteraction responseIdentifier="R"/></p></itemBody>` + src + `</assessmentItem>`
			start := time.Now()
			in := Import("x", []byte(item))
			if len(in.Quizzes) != 1 {
				t.Errorf("got %v %v", in.Quizzes, in.Diags)
			}
			if spent := time.Since(start); spent > 20*time.Second {
				t.Errorf("%d bytes took %v", len(item), spent)
			}
		})
	}
}

func TestImportWithoutManifest(t *testing.T) {
	in := Import("x.zip", pack(t, packed{name: "b.xml", contents: item1("two", "Two.")}, packed{name: "a.xml", contents: item1("one", "One.")}, packed{name: "notes.xml", contents: "<notes/>"}))
	wantDiags(t, in.Diags, "x.zip: warning: the package has no imsmanifest.xml; all its items are read [import-manifest]")
	if len(in.Quizzes) != 1 || len(in.Quizzes[0].Questions) != 2 || in.Quizzes[0].Questions[0].ID != "one" {
		t.Errorf("read %+v", in.Quizzes)
	}
}

// loaded reads quizzes back from the file that they print to, as a work would.
func loaded(t testing.TB, quizzes []course.Quiz) ([]course.Quiz, []diag.Diagnostic) {
	t.Helper()
	page := &fstest.MapFile{Data: []byte("---\ntitle: T\nsummary: S\n---\n")}
	lib, diags, err := load.Load(fstest.MapFS{
		"modules/_index.md": page, "modules/c/_index.md": page, "modules/c/1-m/_index.md": page, "quizzes/c/1-m.yaml": {Data: load.WriteQuizzes(quizzes)},
	}, "en")
	if err != nil {
		t.Fatal(err)
	}
	return lib.Collections[0].Modules[0].Quizzes, diags
}

// What was exported can be imported, written as a quiz file and loaded.
func TestImportLoads(t *testing.T) {
	for _, q := range reference(t) {
		contents, _, err := Export(bank.Of("en", q), Options{Version: V30, Images: images})
		if err != nil {
			t.Fatal(err)
		}
		in := Import("bank.zip", contents)
		quizzes, diags := loaded(t, in.Quizzes)
		for _, d := range diags {
			if strings.HasPrefix(d.File, "quizzes/") {
				t.Errorf("%s: %s", q.ID, d)
			}
		}
		if len(quizzes) != 1 || !reflect.DeepEqual(came(quizzes[0]), came(in.Quizzes[0])) {
			t.Errorf("%s: the quiz file holds %+v, want %+v", q.ID, quizzes, in.Quizzes)
		}
	}
}

// foreign is the items of testdata and, as single files, those that are exported of every type.
func foreign(t testing.TB) [][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/foreign/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, src)
	}
	g := generator{rand.New(rand.NewPCG(1, 1))}
	for i, kind := range course.QuestionTypes() {
		b := bank.Of("en", course.Quiz{ID: "quiz", Domain: "a/quizzes", Questions: []course.Question{g.question("q", kind)}})
		x := &exporter{Options: Options{Version: versions[i%2]}, lang: "en", pictures: map[string]string{}}
		root, _ := x.item(b.Questions[0])
		out = append(out, x.Version.print(root))
	}
	return out
}

// FuzzImport reads files that are broken byte by byte and, with a seed, element by element.
func FuzzImport(f *testing.F) {
	for _, src := range foreign(f) {
		f.Add(src, uint64(0))
		f.Add(src, uint64(1))
	}
	for _, v := range versions {
		contents, _, err := Export(bank.Of("en", sample()), Options{Version: v, Images: images})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(contents, uint64(0))
	}
	f.Fuzz(func(t *testing.T, src []byte, seed uint64) {
		if seed > 0 {
			src = mutated(src, seed)
		}
		survives(t, src)
	})
}

func TestImportMutated(t *testing.T) {
	for _, src := range foreign(t) {
		for seed := range uint64(8) {
			survives(t, mutated(src, seed+1))
		}
	}
}

// survives imports a file and holds what comes of it to what every import must be.
func survives(t testing.TB, src []byte) {
	t.Helper()
	in := Import("bank.zip", src)
	for _, file := range in.Images {
		if filepath.Dir(file.Name) != "images" {
			t.Errorf("a picture called %q", file.Name)
		}
	}
	if len(in.Quizzes) == 0 {
		return
	}
	quizzes, diags := loaded(t, in.Quizzes)
	for _, d := range diags {
		switch d.Rule {
		case "yaml", "yaml-type", "yaml-alias", "text-encoding", "field-unknown", "field-repeated", "field-type", "field-value", "id", "duplicate-id", "html", "shortcode",
			"gap-place", "mark-place", "hotspot-area":
			t.Errorf("the quiz file has the error %s\n%s\nof\n%s", d, printed(in), src)
		}
	}
	if len(quizzes) != len(in.Quizzes) {
		t.Errorf("%d quizzes were read and %d loaded", len(in.Quizzes), len(quizzes))
	}
	for i, q := range quizzes {
		if slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && strings.HasPrefix(d.File, "quizzes/") }) {
			break // questions that no work can have
		}
		v := versions[(i+len(src))%2]
		contents, _, err := Export(bank.Of("en", q), Options{Version: v, Images: images})
		if err != nil {
			t.Errorf("export what was imported: %v", err)
			continue
		}
		validate(t, v, contents)
	}
}

// mutated is an XML file with a few elements, attributes and texts changed for others of it, or for worse.
func mutated(src []byte, seed uint64) []byte {
	root, bad := bank.ParseXML("", src)
	if bad != nil {
		return src
	}
	g := generator{rand.New(rand.NewPCG(seed, 11))}
	canonical(root)
	for range 1 + g.IntN(6) {
		var nodes []*bank.Node
		var list func(n *bank.Node)
		list = func(n *bank.Node) {
			nodes = append(nodes, n)
			for _, c := range n.Children {
				list(c)
			}
		}
		list(root)
		n, other := pick(g, nodes...), pick(g, nodes...)
		worse := pick(g, "", "0", "-1", "1e400", "NaN", "a b", "true", "{{< x >}}", "[[a: b]]", "{{a}}", "⟦a⟧", "]]", "|", "\u202e", "javascript:x", "../x", "é", "RESPONSE", "# x", "a: b", "---")
		switch g.IntN(7) {
		case 0:
			n.Children = nil
		case 1:
			if len(n.Children) > 0 {
				i := g.IntN(len(n.Children))
				n.Children = append(n.Children[:i:i], n.Children[i+1:]...)
			}
		case 2:
			n.Children = append(n.Children, clone(other))
		case 3:
			if n.Name != "" && other.Name != "" && n != root {
				n.Name = other.Name
			}
		case 4:
			if len(n.Attrs) > 0 {
				n.Attrs[g.IntN(len(n.Attrs))].Value = worse
			}
		case 5:
			if len(n.Attrs) > 0 && len(other.Attrs) > 0 {
				n.Attrs[g.IntN(len(n.Attrs))].Value = other.Attrs[g.IntN(len(other.Attrs))].Value
			}
		case 6:
			n.Children = append(n.Children, words(worse))
		}
		if n.Name == "" {
			n.Children, n.Text = nil, n.Text+worse
		}
	}
	for i := range root.Attrs {
		root.Attrs[i].Name.Space = ""
	}
	root.Attrs = slices.DeleteFunc(root.Attrs, func(a xml.Attr) bool { return strings.HasPrefix(a.Name.Local, "xmlns") || a.Name.Local == "xsi" })
	return V21.print(root)
}

func clone(n *bank.Node) *bank.Node {
	c := *n
	c.Attrs, c.Children = slices.Clone(n.Attrs), nil
	for _, child := range n.Children {
		c.Children = append(c.Children, clone(child))
	}
	return &c
}
