// Package load reads a tree, the working folder or a commit, into a course.Library in its own language. What it cannot
// read it reports with a position; everything else is loaded, so that all problems are found in one run.
package load

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// The roots that hold contributed text. Everything else in a work is its maintainers'.
var roots = []string{"modules", "quizzes", "translations"}

// Caps in bytes: a larger file is a mistake or an attack.
const (
	maxText  = 512 << 10
	maxPO    = 4 << 20
	maxImage = 4 << 20
	maxPixel = 25_000_000 // of a raster picture: more costs seconds and gigabytes to scale
)

// Load reads the library. Diagnostics are about the content; the error is about the machine.
func Load(fsys fs.FS, sourceLang string) (course.Library, []diag.Diagnostic, error) {
	return New(fsys, sourceLang).Load()
}

// Loader reads a library and, after a change, only the modules that changed.
type Loader struct {
	fsys       fs.FS
	sourceLang string
	last       loader
	lib        course.Library
}

// New makes a loader of the tree fsys.
func New(fsys fs.FS, sourceLang string) *Loader { return &Loader{fsys: fsys, sourceLang: sourceLang} }

// Load reads everything.
func (r *Loader) Load() (course.Library, []diag.Diagnostic, error) {
	r.last = loader{fsys: r.fsys, files: map[string][]string{}, modules: map[string][]diag.Diagnostic{}}
	lib, err := r.last.library(r.sourceLang)
	r.lib = lib
	return lib, r.last.all(), err
}

// Reload reads again the modules that hold the named files, and gives their paths. ok is false when the change is not one of
// content inside known files: then everything must be loaded.
func (r *Loader) Reload(names []string) (lib course.Library, changed []string, diags []diag.Diagnostic, ok bool, err error) {
	dirs := map[string]bool{}
	for _, name := range names {
		dir := moduleDir(name)
		if _, known := r.last.modules[dir]; !known || !r.last.unchanged(name) {
			return lib, nil, nil, false, nil
		}
		dirs[dir] = true
	}
	lib = r.lib
	lib.Collections = slices.Clone(lib.Collections)
	for i, c := range lib.Collections {
		c.Modules = slices.Clone(c.Modules)
		for j, m := range c.Modules {
			if dir := path.Dir(m.File); dirs[dir] {
				if c.Modules[j], err = r.last.module(dir, c.ID); err != nil {
					return lib, nil, nil, false, err
				}
				changed = append(changed, m.Path)
			}
		}
		lib.Collections[i] = c
	}
	r.lib = lib
	return lib, changed, r.last.all(), true, nil
}

// moduleDir is the folder of the module that a file belongs to.
func moduleDir(name string) string {
	root, rest, _ := strings.Cut(name, "/")
	parts := strings.Split(rest, "/")
	switch {
	case root == "modules" && len(parts) > 2:
		return path.Join("modules", parts[0], parts[1])
	case root == "quizzes" && len(parts) == 2:
		return path.Join("modules", parts[0], strings.TrimSuffix(parts[1], ".yaml"))
	}
	return ""
}

// unchanged reports that a file is still what walk found: there, regular and of an allowed size.
func (l *loader) unchanged(name string) bool {
	if !l.present(path.Dir(name), path.Base(name)) {
		return false
	}
	info, err := fs.Lstat(l.fsys, name)
	limit, _ := kind(name)
	return err == nil && info.Mode().IsRegular() && info.Size() <= limit
}

func (l *loader) library(sourceLang string) (course.Library, error) {
	lib := course.Library{Lang: sourceLang, SourceLang: sourceLang}
	err := l.walk()
	if err != nil {
		return lib, err
	}
	if lib.Home, err = l.index("modules", "", ""); err != nil {
		return lib, err
	}
	seen := map[string]string{}
	for _, dir := range l.dirs("modules") {
		c, err := l.collection(dir)
		if err != nil {
			return lib, err
		}
		l.unique(seen, c.ID, diag.Pos{File: c.File}, "collection")
		lib.Collections = append(lib.Collections, c)
	}
	l.strays()
	for _, step := range []func(*course.Library) error{l.sources, l.terms} {
		if err := step(&lib); err != nil {
			return lib, err
		}
	}
	return lib, nil
}

type loader struct {
	fsys    fs.FS
	files   map[string][]string // the file names in each folder, sorted
	order   []string            // the folders, sorted
	diags   []diag.Diagnostic   // of what is in no module
	modules map[string][]diag.Diagnostic
}

// all gives every diagnostic.
func (l *loader) all() []diag.Diagnostic {
	out := slices.Clone(l.diags)
	for _, dir := range slices.Sorted(maps.Keys(l.modules)) {
		out = append(out, l.modules[dir]...)
	}
	return out
}

func (l *loader) add(ds ...diag.Diagnostic) { l.diags = append(l.diags, ds...) }

func (l *loader) errorf(pos diag.Pos, rule, hint, format string, args ...any) {
	l.add(diag.Errorf(pos, rule, hint, format, args...))
}

// walk lists the files, and refuses links, and kinds and sizes of files that have no place in a work.
func (l *loader) walk() error {
	for _, root := range roots {
		info, err := fs.Lstat(l.fsys, root)
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			l.errorf(diag.Pos{File: root}, "symlink", "put the files themselves here", "%s is a symbolic link", root)
			continue
		}
		err = fs.WalkDir(l.fsys, root, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				if name == root {
					return fs.SkipAll // a work may have no quizzes or translations yet
				}
				return err
			}
			if d.Type()&fs.ModeSymlink != 0 {
				l.errorf(diag.Pos{File: name}, "symlink", "put the file itself here", "%s is a symbolic link", name)
				return nil
			}
			if d.IsDir() {
				if strings.HasPrefix(d.Name(), ".") {
					return fs.SkipDir
				}
				if root == "modules" && name != root && !addressable(d.Name()) {
					l.errorf(diag.Pos{File: name}, "file-name", nameHint, "the name %q makes no safe address", d.Name())
					return fs.SkipDir
				}
				l.order = append(l.order, name)
				return nil
			}
			if strings.HasPrefix(d.Name(), ".") { // what systems and editors leave
				return nil
			}
			return l.file(name, d)
		})
		if err != nil {
			return fmt.Errorf("list %s: %w", root, err)
		}
	}
	return nil
}

func (l *loader) file(name string, d fs.DirEntry) error {
	pos := diag.Pos{File: name}
	limit, hint := kind(name)
	if limit == 0 {
		l.errorf(pos, "file-kind", hint, "this kind of file has no place here")
		return nil
	}
	info, err := d.Info()
	if err != nil {
		return fmt.Errorf("stat %s: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		l.errorf(pos, "file-kind", "put a regular file here", "not a regular file")
		return nil
	}
	if info.Size() > limit {
		l.errorf(pos, "file-size", "split the text or make the picture smaller", "the file has %d bytes, the most is %d", info.Size(), limit)
		return nil
	}
	if stem := strings.TrimSuffix(d.Name(), path.Ext(d.Name())); strings.HasPrefix(name, "modules/") && stem != "_index" && !addressable(stem) {
		l.errorf(pos, "file-name", nameHint, "the name %q makes no safe address", d.Name())
		return nil
	}
	dir := path.Dir(name)
	l.files[dir] = append(l.files[dir], d.Name())
	return nil
}

const nameHint = "use lower-case letters, digits and single hyphens, and not the name index"

// addressable reports a name that can be a part of an address. A page named index would take its folder's place.
func addressable(name string) bool {
	_, id := splitName(name)
	return idPattern.MatchString(name) && id != "index"
}

// strays reports files that nothing has read, because they are not where it looks.
func (l *loader) strays() {
	for _, dir := range l.order {
		for _, name := range l.files[dir] {
			file := dir + "/" + name
			_, module := l.modules[moduleDir(file)]
			switch {
			case strings.HasPrefix(file, "quizzes/") && !module:
				l.errorf(diag.Pos{File: file}, "quiz-module", "name it after the folder of its module: quizzes/<collection>/<module>.yaml", "the quizzes belong to no module")
			case strings.HasPrefix(file, "modules/") && !module && name != "_index.md" && file != "modules/sources.yaml":
				l.errorf(diag.Pos{File: file}, "file-kind", "put it into the folder of a module", "nothing shows this file")
			}
		}
	}
}

// kind gives the size limit of a kind of file, 0 for one that is not allowed at its place.
func kind(name string) (limit int64, hint string) {
	root, _, _ := strings.Cut(name, "/")
	base, ext := path.Base(name), path.Ext(name)
	switch root {
	case "modules":
		switch {
		case path.Base(path.Dir(name)) == "images":
			if slices.Contains([]string{".svg", ".png", ".jpg", ".jpeg", ".webp"}, ext) {
				return maxImage, ""
			}
			return 0, "pictures are .svg, .png, .jpg, .jpeg or .webp"
		case ext == ".md", name == "modules/sources.yaml", base == "releases.yaml", base == "trial.yaml":
			return maxText, ""
		}
		return 0, "a module holds .md files and an images folder"
	case "quizzes":
		if ext == ".yaml" {
			return maxText, ""
		}
		return 0, "quizzes are .yaml files"
	default:
		if ext == ".po" {
			return maxPO, ""
		}
		if ext == ".yaml" || ext == ".lock" {
			return maxPO, ""
		}
		return 0, "translations are .po files"
	}
}

// dirs lists the folders directly in dir that hold content, in order.
func (l *loader) dirs(dir string) []string {
	var out []string
	for _, d := range l.order {
		if path.Dir(d) == dir && path.Base(d) != "images" {
			out = append(out, d)
		}
	}
	return out
}

// read gives a file's text, cleaned of a byte order mark and Windows line ends.
func (l *loader) read(name string) (string, error) {
	b, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	s := strings.TrimPrefix(string(b), "\ufeff")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if i := strings.IndexFunc(s, course.Forbidden); i >= 0 {
		l.errorf(diag.NewLines(name, s).Pos(i), "text-encoding", "save the file as UTF-8 and remove control and private-use characters",
			"a character that no page can hold")
		s = strings.Map(func(r rune) rune {
			if course.Forbidden(r) {
				return -1
			}
			return r
		}, s)
	}
	return s, nil
}

// name splits "08-interviewing" into its number and its id.
func splitName(base string) (number int, id string) {
	digits, rest, ok := strings.Cut(base, "-")
	if n, err := strconv.Atoi(digits); ok && err == nil && rest != "" {
		return n, rest
	}
	return 0, base
}

func (l *loader) collection(dir string) (course.Collection, error) {
	_, id := splitName(path.Base(dir))
	p, err := l.index(dir, id, id)
	c := course.Collection{Page: p}
	if err != nil {
		return c, err
	}
	seen := map[string]string{}
	for _, sub := range l.dirs(dir) {
		m, err := l.module(sub, id)
		if err != nil {
			return c, err
		}
		l.unique(seen, m.ID, diag.Pos{File: m.File}, "module")
		c.Modules = append(c.Modules, m)
	}
	slices.SortStableFunc(c.Modules, func(a, b course.Module) int { return cmp.Compare(a.Number, b.Number) })
	return c, nil
}

// unique reports an id that stands twice.
func (l *loader) unique(seen map[string]string, id string, pos diag.Pos, what string) {
	if id == "" { // which is reported already
		return
	}
	first, twice := seen[id]
	if first == "a reserved name" {
		l.errorf(pos, "duplicate-id", "give it another id", "the %s id %q is reserved", what, id)
		return
	}
	if twice {
		l.errorf(pos, "duplicate-id", "give one of them another id", "the %s id %q is also at %s", what, id, first)
		return
	}
	seen[id] = pos.String()
}

// module reads a module and keeps its diagnostics apart, so that they can be replaced when it is read again.
func (l *loader) module(dir, collection string) (course.Module, error) {
	outside := l.diags
	l.diags = nil
	m, err := l.readModule(dir, collection)
	l.modules[dir], l.diags = l.diags, outside
	return m, err
}

func (l *loader) readModule(dir, collection string) (course.Module, error) {
	number, id := splitName(path.Base(dir))
	m := course.Module{Number: number}
	var err error
	var front object
	m.Page, front, err = l.page(dir+"/_index.md", id, collection+"/"+id)
	if err != nil {
		return m, err
	}
	m.Domain = m.Path + "/_index"
	m.Level = level(front, course.Basic)
	seen := map[string]string{}
	for _, o := range front.list("objectives") {
		o := o.object()
		objective := course.Objective{ID: o.id(), Text: course.Text{}}
		objective.Text = o.text("text", "objective."+objective.ID, course.KindObjective)
		l.unique(seen, objective.ID, o.pos(), "objective")
		m.Objectives = append(m.Objectives, objective)
		o.done()
	}
	front.done()
	file := "quizzes/" + strings.TrimPrefix(dir, "modules/") + ".yaml"
	if l.present(path.Dir(file), path.Base(file)) {
		if m.Quizzes, err = l.quizzes(file, m); err != nil {
			return m, err
		}
	}
	seen = map[string]string{"quizzes": "a reserved name", "handouts": "a reserved name", "keys": "a reserved name",
		"play": "a reserved name", "reveal": "a reserved name", "packets": "a reserved name", "papers": "a reserved name", "console": "a reserved name", "projector": "a reserved name", "images": "a reserved name", "index": "a reserved name"}
	type numbered struct {
		course.Lesson
		number int
	}
	var lessons []numbered
	for _, name := range l.files[dir] {
		if name == "_index.md" || path.Ext(name) != ".md" {
			continue
		}
		number, id := splitName(strings.TrimSuffix(name, ".md"))
		lesson, err := l.lesson(dir+"/"+name, id, m)
		if err != nil {
			return m, err
		}
		l.unique(seen, id, diag.Pos{File: lesson.File}, "lesson")
		lessons = append(lessons, numbered{lesson, number})
	}
	slices.SortStableFunc(lessons, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	for _, n := range lessons {
		m.Lessons = append(m.Lessons, n.Lesson)
	}
	if m.Images, err = l.images(dir); err != nil {
		return m, err
	}
	hasTrial := l.present(dir, "trial.yaml")
	if hasTrial {
		if m.Trial, err = l.trial(dir, m); err != nil {
			return m, err
		}
	}
	for _, sub := range l.dirs(dir) {
		if !hasTrial || !slices.Contains(trialFolders, path.Base(sub)) {
			l.errorf(diag.Pos{File: sub}, "file-kind", "a module holds .md files and an images folder, and a mock trial its documents", "unexpected folder")
		}
	}
	for _, q := range m.Unplaced() {
		l.unique(seen, q.ID, q.Pos, "page")
	}
	return m, nil
}

func (l *loader) lesson(file, id string, m course.Module) (course.Lesson, error) {
	p, front, err := l.page(file, id, m.Path+"/"+id)
	lesson := course.Lesson{Page: p}
	if err != nil {
		return lesson, err
	}
	lesson.Level = level(front, m.Level)
	lesson.Minutes = front.int("minutes", minutes(p.Body, m.Quizzes), 1, 600)
	for _, o := range front.list("objectives") {
		lesson.Objectives = append(lesson.Objectives, o.ref())
	}
	front.done()
	return lesson, nil
}

// minutes is the time to study a page: to read at the pace of learning, not of leafing, and to answer the questions in it.
func minutes(b course.Body, quizzes []course.Quiz) int {
	const wordsAMinute, minutesAQuestion = 100, 1
	n := (b.Words() + wordsAMinute - 1) / wordsAMinute
	for _, fence := range b.Quizzes() {
		for _, q := range quizzes {
			if q.ID == fence.Text {
				n += len(q.Questions) * minutesAQuestion
			}
		}
	}
	return max(1, n)
}

func level(o object, otherwise course.Level) course.Level {
	return course.Level(o.choice("level", string(otherwise), string(course.Basic), string(course.Advanced)))
}

// index loads the _index.md of the home page or a collection.
func (l *loader) index(dir, id, address string) (course.Page, error) {
	p, front, err := l.page(dir+"/_index.md", id, address)
	p.Domain = strings.TrimPrefix(address+"/_index", "/")
	front.done()
	return p, err
}
