package qti

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/pack/bank"
)

// The caps on a package, whatever its header says.
const (
	maxPackage  = 32 << 20
	maxUnpacked = 64 << 20
	maxEntries  = 5000
	maxRatio    = 200      // of unpacked to packed, for files over a megabyte
	maxWritten  = 64 << 20 // bytes of text in all questions: feedback on many options stands at each of them
)

// The caps on one item. Real ones stay far below them; what is beyond costs time by the square.
const (
	maxElements = 40_000
	maxParts    = 400 // choices, gaps and feedback
	maxValues   = 2000
)

// Import reads a package, or a single item, of QTI 2.0 to 3.0 from anybody. name is for messages.
func Import(name string, src []byte) bank.Imported {
	in := &importer{name: name, files: map[string]*zip.File{}, items: map[string]*read{}, shown: map[string]string{}, lost: map[bank.Loss]bool{}}
	if bytes.HasPrefix(src, []byte("PK")) {
		in.pack(src)
	} else if root := in.xml(name, src); root != nil {
		in.single(root)
	}
	in.out.Images = in.pictures.Files()
	return in.out
}

type importer struct {
	name     string
	files    map[string]*zip.File
	unpacked int64
	pictures bank.Pictures
	shown    map[string]string // by file name: the picture's address in the module, "" for none
	items    map[string]*read  // by file name
	order    []string          // their names
	tests    []test
	quizIDs  bank.IDs
	written  int
	lost     map[bank.Loss]bool
	out      bank.Imported
}

// test is an assessmentTest and the file that it stands in.
type test struct {
	root *bank.Node
	file string
}

// read is a question that was read, nil when its kind is not known here.
type read struct {
	question *course.Question
	name     string
	shuffle  bool
}

func (in *importer) refuse(file, rule, hint, format string, args ...any) {
	in.out.Diags = append(in.out.Diags, diag.Errorf(diag.Pos{File: file}, rule, hint, format, args...))
}

func (in *importer) lose(question, format string, args ...any) {
	l := bank.Loss{Question: question, What: fmt.Sprintf(format, args...)}
	if !in.lost[l] {
		in.lost[l] = true
		in.out.Losses = append(in.out.Losses, l)
	}
}

// xml parses a file of the package into the names of version 2.1.
func (in *importer) xml(file string, src []byte) *bank.Node {
	root, bad := bank.ParseXML(file, src)
	if bad != nil {
		in.out.Diags = append(in.out.Diags, *bad)
		return nil
	}
	canonical(root)
	return root
}

// single reads a file that is no package.
func (in *importer) single(root *bank.Node) {
	if root.Name != "assessmentItem" {
		in.unknown(in.name, root)
		return
	}
	in.item("", root)
	in.quizzes()
}

// unknown refuses a file with a root that no item has.
func (in *importer) unknown(file string, root *bank.Node) {
	if root.Name == "questestinterop" {
		in.refuse(file, "import-version", "export it as QTI 2.1 or 3.0", "QTI 1 is not read")
		return
	}
	in.refuse(file, "import-version", "export questions as a QTI 2.1 or 3.0 package", "the element <%s> is no item of QTI 2 or 3", root.Name)
}

// pack reads a zip file. Nothing in it is written anywhere.
func (in *importer) pack(src []byte) {
	if len(src) > maxPackage {
		in.refuse(in.name, "import-size", "export fewer questions at a time", "the package has more than %d MB", maxPackage>>20)
		return
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		in.refuse(in.name, "import-zip", "export the package again", "the file is not a zip file that can be read")
		return
	}
	if len(z.File) > maxEntries {
		in.refuse(in.name, "import-size", "export fewer questions at a time", "the package has more than %d files", maxEntries)
		return
	}
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, "\\", "/")
		if strings.HasSuffix(name, "/") {
			continue
		}
		if !fs.ValidPath(name) || !f.Mode().IsRegular() {
			in.refuse(in.name, "import-zip", "make the package anew with plain files below one folder", "the package holds %q, which is no plain file in it", f.Name)
			return
		}
		if in.files[name] != nil {
			in.refuse(in.name, "import-zip", "make the package anew", "the package holds two files %q", name)
			return
		}
		in.files[name] = f
	}
	for _, name := range in.listed() {
		contents, ok := in.contents(name)
		if !ok {
			continue
		}
		root := in.xml(path.Join(in.name, name), contents)
		switch {
		case root == nil:
		case root.Name == "assessmentItem":
			in.item(name, root)
		case root.Name == "assessmentTest":
			in.tests = append(in.tests, test{root, name})
		case root.Name == "questestinterop":
			in.unknown(path.Join(in.name, name), root)
		}
	}
	in.quizzes()
}

// contents unpacks a file within the caps.
func (in *importer) contents(name string) ([]byte, bool) {
	f := in.files[name]
	if f == nil {
		return nil, false
	}
	at := path.Join(in.name, name)
	if f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
		in.refuse(at, "import-size", "make the package anew", "the file unpacks to more than %d times its size", maxRatio)
		return nil, false
	}
	left := min(bank.MaxBytes, maxUnpacked-in.unpacked)
	r, err := f.Open()
	if err != nil {
		in.refuse(at, "import-zip", "make the package anew", "the file cannot be unpacked")
		return nil, false
	}
	defer r.Close() // read only: nothing to lose
	contents, err := io.ReadAll(io.LimitReader(r, left+1))
	if int64(len(contents)) > left {
		in.refuse(at, "import-size", "export fewer questions at a time", "the file, or the package with it, unpacks to too much")
		return nil, false
	}
	if err != nil {
		in.refuse(at, "import-zip", "make the package anew", "the file cannot be unpacked")
		return nil, false
	}
	in.unpacked += int64(len(contents))
	return contents, true
}

// listed gives the XML files that the manifest lists, in its order; all of them when there is no manifest.
func (in *importer) listed() []string {
	manifest := ""
	var all []string
	for name := range in.files {
		if path.Base(name) == "imsmanifest.xml" && (manifest == "" || len(name) < len(manifest)) {
			manifest = name
		}
		if strings.EqualFold(path.Ext(name), ".xml") {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	contents, ok := in.contents(manifest)
	if !ok {
		in.out.Diags = append(in.out.Diags, diag.Warnf(diag.Pos{File: in.name}, "import-manifest", "export the package again if questions are missing", "the package has no imsmanifest.xml; all its items are read"))
		return all
	}
	root := in.xml(path.Join(in.name, manifest), contents)
	var out []string
	for _, r := range root.First("resources").All("resource") {
		href := r.Attr("href")
		if href == "" {
			href = r.First("file").Attr("href")
		}
		name := resolve(path.Dir(manifest), href)
		switch {
		case !strings.EqualFold(path.Ext(name), ".xml") || slices.Contains(out, name):
		case in.files[name] == nil:
			in.out.Diags = append(in.out.Diags, diag.Warnf(r.Pos, "import-file", "export the package again", "the manifest lists %s, which the package does not hold", href))
		default:
			out = append(out, name)
		}
	}
	return out
}

// resolve gives the file that an address in a file of a folder means, "" for one outside of the package.
func resolve(dir, href string) string {
	href, _, _ = strings.Cut(href, "#")
	href, _, _ = strings.Cut(href, "?")
	if plain, err := url.PathUnescape(href); err == nil {
		href = plain
	}
	if name := path.Join(dir, href); href != "" && fs.ValidPath(name) {
		return name
	}
	return ""
}

// item reads an item and keeps it under its file's name.
func (in *importer) item(name string, root *bank.Node) {
	r := &reader{in: in, dir: path.Dir(name), root: root, name: readable(root.Attr("identifier"))}
	if in.written > maxWritten {
		in.refuse(root.Pos.File, "import-size", "export fewer questions at a time", "the questions hold more than %d MB of text", maxWritten>>20)
		return
	}
	question := r.question()
	if _, again := in.items[name]; !again {
		in.order = append(in.order, name)
	}
	in.items[name] = &read{question: question, name: r.name, shuffle: r.shuffled}
}

// quizzes makes one of each test, and one of the items that are in none.
func (in *importer) quizzes() {
	in.quizIDs = bank.IDs{}
	placed := map[string]bool{}
	for _, t := range in.tests {
		in.test(t, placed)
	}
	rest := &builder{in: in, ids: bank.IDs{}}
	for _, name := range in.order {
		if !placed[name] {
			rest.add(name, nil)
		}
	}
	title := strings.TrimSuffix(path.Base(in.name), path.Ext(in.name))
	rest.finish(title, title, diag.Pos{File: in.name})
}

// builder collects the questions of a quiz.
type builder struct {
	in   *importer
	ids  bank.IDs
	quiz course.Quiz
}

// add adds the question of a file, weighted and sorted as the reference of a test says.
func (b *builder) add(name string, ref *bank.Node) {
	item := b.in.items[name]
	if item == nil || item.question == nil {
		return
	}
	q := *item.question
	q.ID = newID(b.ids, item.name)
	if value := ref.First("weight").Attr("value"); value != "" {
		if w, err := strconv.ParseFloat(value, 64); err == nil && w >= 0 && w*q.Weight <= 100 {
			q.Weight *= w
		} else {
			b.in.lose(item.name, "the weight %s", value)
		}
	}
	for _, category := range strings.Fields(ref.Attr("category")) {
		if id, ok := strings.CutPrefix(category, objective); ok && idPattern.MatchString(id) {
			q.Objective.ID = id
		}
	}
	b.quiz.Shuffle = b.quiz.Shuffle || item.shuffle
	b.quiz.Questions = append(b.quiz.Questions, q)
}

// finish gives the quiz what is usual and adds it to the import, unless it is empty.
func (b *builder) finish(identifier, title string, pos diag.Pos) {
	q := b.quiz
	if len(q.Questions) == 0 {
		return
	}
	q.ID = newID(b.in.quizIDs, identifier, "quiz")
	q.Title = bank.Text(course.KindTitle, readable(title), pos)
	if q.Title.Value == "" {
		q.Title = bank.Text(course.KindTitle, q.ID, pos)
	}
	q.Pos = pos
	if q.Mode == "" {
		q.Mode = course.Practice
	}
	if q.Feedback == "" {
		q.Feedback = course.FeedbackQuestion
	}
	if q.Draw >= len(q.Questions) {
		q.Draw = 0
	}
	b.in.out.Quizzes = append(b.in.out.Quizzes, q)
}

var (
	idPattern     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	dottedPattern = regexp.MustCompile(`^[a-z0-9.-]+$`)
)

// newID makes an id of an identifier: the one that it was made of here, or one like it.
func newID(ids bank.IDs, names ...string) string {
	id := plainID(names[0])
	if dottedPattern.MatchString(id) {
		id = id[strings.LastIndexByte(id, '.')+1:]
	}
	if idPattern.MatchString(id) && !ids[id] {
		ids[id] = true
		return id
	}
	return ids.New(append([]string{id}, names...)...)
}

// test makes a quiz of an assessmentTest.
func (in *importer) test(t test, placed map[string]bool) {
	root := t.root
	b := &builder{in: in, ids: bank.IDs{}}
	name := root.Attr("identifier")
	b.pass(root)
	parts := root.All("testPart")
	for _, p := range parts {
		if p.Attr("submissionMode") == "simultaneous" {
			b.quiz.Feedback = course.FeedbackEnd
		}
		b.control(p)
		b.section(p, t, placed)
	}
	if seconds, err := strconv.ParseFloat(root.First("timeLimits").Attr("maxTime"), 64); err == nil && seconds > 0 {
		b.quiz.Minutes = int(min(600, math.Ceil(seconds/60)))
	}
	b.finish(name, root.Attr("title"), root.Pos)
}

// pass reads the pass mark from the outcome that has one.
func (b *builder) pass(root *bank.Node) {
	for _, o := range root.All("outcomeDeclaration") {
		mastery, err := strconv.ParseFloat(o.Attr("masteryValue"), 64)
		if err != nil {
			continue
		}
		if most, err := strconv.ParseFloat(o.Attr("normalMaximum"), 64); err == nil && most > 0 {
			mastery = 100 * mastery / most
		} else if o.Attr("identifier") != "PERCENT" {
			b.in.lose(root.Attr("identifier"), "the pass mark, which is not in per cent")
			continue
		}
		if n := int(math.Round(mastery)); n >= 1 && n <= 100 {
			b.quiz.Mode, b.quiz.Pass = course.Graded, n
		}
	}
}

// control reads the itemSessionControl of a part or section.
func (b *builder) control(n *bank.Node) {
	c := n.First("itemSessionControl")
	if attempts, err := strconv.Atoi(c.Attr("maxAttempts")); err == nil && attempts >= 0 && attempts <= 100 {
		b.quiz.Attempts = attempts
	}
	if c.Attr("showFeedback") == "false" {
		b.quiz.Feedback = course.FeedbackNever
	}
}

// section reads the items below a part or section, in order.
func (b *builder) section(n *bank.Node, t test, placed map[string]bool) {
	test := t.root.Attr("identifier")
	for _, c := range n.All("") {
		switch c.Name {
		case "assessmentSection":
			b.control(c)
			if draw, err := strconv.Atoi(c.First("selection").Attr("select")); err == nil && draw > 0 && draw <= 1000 {
				if b.quiz.Draw > 0 {
					b.in.lose(test, "how many are drawn from each section")
				}
				b.quiz.Draw += draw
			}
			b.section(c, t, placed)
		case "assessmentItemRef":
			name := resolve(path.Dir(t.file), c.Attr("href"))
			if b.in.items[name] == nil {
				b.in.out.Diags = append(b.in.out.Diags, diag.Warnf(c.Pos, "import-file", "export the package again", "the test asks for %s, which the package does not hold", c.Attr("href")))
				continue
			}
			if placed[name] {
				b.in.lose(b.in.items[name].name, "its place in a second test")
				continue
			}
			placed[name] = true
			b.add(name, c)
		case "rubricBlock":
			if slices.Contains(strings.Fields(c.Attr("view")), "candidate") {
				r := &reader{in: b.in, dir: path.Dir(t.file), name: test}
				b.quiz.Intro = join(b.quiz.Intro, r.prose(course.KindPrompt, body2(c)))
			} else {
				b.in.lose(test, "the notes for %s", c.Attr("view"))
			}
		case "preCondition", "branchRule":
			b.in.lose(test, "the conditions for what comes next")
		case "assessmentSectionRef", "adaptiveSelection", "testFeedback":
			b.in.lose(test, "the element <%s>", c.Name)
		}
	}
}

// body2 is what stands in feedback and rubrics, without version 3's element around it.
func body2(n *bank.Node) []*bank.Node {
	if body := n.First("contentBody"); body != nil {
		return body.Children
	}
	return n.Children
}

// join puts two texts one after the other, as paragraphs.
func join(a, b course.Prose) course.Prose {
	switch {
	case a.Value == "":
		return b
	case b.Value == "":
		return a
	}
	return bank.Prose(a.Kind, a.Value+"\n\n"+b.Value, a.Pos)
}

// readable is a plain text on one line without the characters that no text may hold.
func readable(s string) string {
	return strings.Join(strings.Fields(allowed(s)), " ")
}

func allowed(s string) string {
	return strings.Map(func(r rune) rune {
		if course.Forbidden(r) {
			return -1
		}
		return r
	}, s)
}
