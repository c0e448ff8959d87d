package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/spf13/cobra"
)

//go:embed skeleton
var skeletons embed.FS

func newCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "new", Short: "Start a site, a collection, a module, a lesson or a quiz", Args: noArgs}
	var dir string
	cmd.PersistentFlags().StringVar(&dir, "dir", ".", "folder of the work")
	add := func(use, short string, least, most int, make func(*maker, []string)) {
		sub := &cobra.Command{Use: use, Short: short, Args: argCount(least, most), RunE: func(cmd *cobra.Command, args []string) error {
			m := &maker{dir: dir}
			make(m, args)
			return m.write(cmd)
		}}
		cmd.AddCommand(sub)
	}
	add("site [TITLE]", "A small work that builds as it is", 0, 1, (*maker).site)
	add("collection NAME", "A collection, such as practitioners-manual", 1, 1, (*maker).collection)
	add("module COLLECTION/NAME", "A module with a first lesson and a quiz", 1, 1, (*maker).module)
	add("lesson COLLECTION/MODULE/NAME", "A lesson at the end of a module", 1, 1, (*maker).lesson)
	add("quiz COLLECTION/MODULE", "The quizzes of a module", 1, 1, (*maker).quiz)
	return cmd
}

func argCount(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return usageError{fmt.Errorf("write: %s", cmd.UseLine())}
		}
		return nil
	}
}

// maker collects the files of a command, so that they are written together or not at all.
type maker struct {
	dir   string
	files []newFile
	err   error
}

type newFile struct{ name, contents string }

// values fill a skeleton.
type values struct{ Title, ID, Objective string }

func (m *maker) fail(format string, args ...any) {
	if m.err == nil {
		m.err = usageError{fmt.Errorf(format, args...)}
	}
}

func (m *maker) add(name, skeleton string, v values) {
	src, err := skeletons.ReadFile("skeleton/" + skeleton)
	if err != nil {
		m.err = err
		return
	}
	var out bytes.Buffer
	if err := template.Must(template.New(skeleton).Parse(string(src))).Execute(&out, v); err != nil {
		m.err = err
		return
	}
	m.files = append(m.files, newFile{name, out.String()})
}

func (m *maker) site(args []string) {
	title := "My training"
	if len(args) > 0 {
		title = args[0]
	}
	m.add("hugo.toml", "hugo.toml", values{})
	m.add("modules/_index.md", "home.md", values{Title: quote(title)})
	m.add("modules/sources.yaml", "sources.yaml", values{})
	m.add("modules/course/_index.md", "collection.md", values{Title: "Course"})
	m.moduleFiles("course", "01-first-steps")
}

func (m *maker) collection(args []string) {
	name := m.name(args[0])
	m.add("modules/"+name+"/_index.md", "collection.md", values{Title: title(name)})
}

func (m *maker) module(args []string) {
	collection, name, ok := strings.Cut(args[0], "/")
	if !ok {
		m.fail("name the collection too: lectern new module practitioners-manual/%s", args[0])
		return
	}
	collection = m.find("modules", collection)
	m.moduleFiles(collection, m.numbered("modules/"+collection, m.name(name), 2))
}

func (m *maker) moduleFiles(collection, folder string) {
	module := "modules/" + collection + "/" + folder
	m.add(module+"/_index.md", "module.md", values{Title: title(folder)})
	m.add(module+"/1-introduction.md", "lesson.md", values{Title: "Introduction", Objective: "first"})
	m.add("quizzes/"+collection+"/"+folder+".yaml", "quiz.yaml", values{ID: "assessment", Objective: "first"})
}

func (m *maker) lesson(args []string) {
	collection, module, name := m.inModule(args[0])
	if name == "" {
		m.fail("name the module too: lectern new lesson practitioners-manual/interviewing/planning")
		return
	}
	folder := "modules/" + collection + "/" + module
	m.add(folder+"/"+m.numbered(folder, m.name(name), 1)+".md", "lesson.md", values{Title: title(name)})
}

func (m *maker) quiz(args []string) {
	collection, module, rest := m.inModule(args[0])
	if module == "" || rest != "" {
		m.fail("name the module: lectern new quiz practitioners-manual/interviewing")
		return
	}
	m.add("quizzes/"+collection+"/"+module+".yaml", "quiz.yaml", values{ID: "assessment", Objective: "first"})
}

// inModule resolves the first two parts of COLLECTION/MODULE/REST to their folders.
func (m *maker) inModule(arg string) (collection, module, rest string) {
	parts := strings.SplitN(arg, "/", 3)
	if len(parts) < 2 {
		return "", "", ""
	}
	collection = m.find("modules", parts[0])
	module = m.find("modules/"+collection, parts[1])
	if len(parts) > 2 {
		rest = parts[2]
	}
	return collection, module, rest
}

var number = regexp.MustCompile(`^(\d+)-(.+)$`)

// find gives the folder in parent with this name or id.
func (m *maker) find(parent, name string) string {
	var names []string
	for _, f := range m.list(parent) {
		if f == name || number.ReplaceAllString(f, "$2") == name {
			return f
		}
		names = append(names, f)
	}
	m.fail("%s has no %q; it has: %s", parent, name, strings.Join(names, ", "))
	return name
}

// numbered puts the next free number before a name that has none.
func (m *maker) numbered(parent, name string, digits int) string {
	if number.MatchString(name) {
		return name
	}
	last := 0
	for _, f := range m.list(parent) {
		if parts := number.FindStringSubmatch(f); parts != nil {
			n, _ := strconv.Atoi(parts[1])
			last = max(last, n)
		}
	}
	return fmt.Sprintf("%0*d-%s", digits, last+1, name)
}

// list names what is in a folder of the work, without its pictures and its first page.
func (m *maker) list(folder string) []string {
	entries, _ := os.ReadDir(filepath.Join(m.dir, filepath.FromSlash(folder)))
	var out []string
	for _, e := range entries {
		if !slices.Contains([]string{"images", "_index.md", "sources.yaml"}, e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out
}

var namePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (m *maker) name(s string) string {
	if !namePattern.MatchString(s) {
		m.fail("%q makes no address: use lower-case letters, digits and hyphens", s)
	}
	return s
}

// title makes words of a name: "08-first-steps" is "First steps".
func title(name string) string {
	words := strings.ReplaceAll(number.ReplaceAllString(name, "$2"), "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// quote makes any text a YAML value.
func quote(s string) string { return strconv.Quote(s) }

func (m *maker) write(cmd *cobra.Command) error {
	if m.err != nil {
		return m.err
	}
	for _, f := range m.files {
		if _, err := os.Lstat(m.path(f.name)); !errors.Is(err, fs.ErrNotExist) {
			return usageError{fmt.Errorf("%s is there already", f.name)}
		}
	}
	for _, f := range m.files {
		if err := os.MkdirAll(m.path(path.Dir(f.name)), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(m.path(f.name), []byte(f.contents), 0o644); err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), f.name)
	}
	return nil
}

func (m *maker) path(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }
