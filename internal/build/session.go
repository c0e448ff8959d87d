package build

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"lectern/internal/check"
	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/edition"
	"lectern/internal/load"
	"lectern/internal/locale"
)

// session takes a work from its files to what is rendered, and after a change does again only what the change reaches.
type session struct {
	Options
	root      *os.Root
	config    Config
	loader    *load.Loader
	lib       course.Library
	messages  []course.Message
	languages []*languageState // of the build, in the order of the configuration

	configDiags, loadDiags, checkDiags []diag.Diagnostic

	watch bool // update will be called: what it needs stays in memory

	layouts, assets, static afero.Fs
}

// languageState is the work in one language: its translations, from which work makes the rest when it is wanted.
type languageState struct {
	course.Language
	own      *locale.Catalogues      // nil in the source language
	texts    map[string]locale.Texts // by module path; "" for the rest
	messages []course.Message
	diags    map[string][]diag.Diagnostic // by module path; "" for the rest
}

func open(opts Options) (*session, error) {
	root, err := os.OpenRoot(opts.Dir)
	if err != nil {
		return nil, fmt.Errorf("open work: %w", err)
	}
	s := &session{Options: opts, root: root}
	for _, o := range []struct {
		into *afero.Fs
		name string
	}{{&s.layouts, "layouts"}, {&s.assets, "assets"}, {&s.static, "static"}} {
		if *o.into, err = overlay(opts.Defaults, root.FS(), o.name); err != nil {
			return nil, errors.Join(err, root.Close())
		}
	}
	return s, nil
}

func (s *session) close() error { return s.root.Close() }

// diagnostics are all, sorted.
func (s *session) diagnostics() []diag.Diagnostic {
	all := slices.Concat(s.configDiags, s.loadDiags, s.checkDiags)
	for _, l := range s.languages {
		for _, diags := range l.diags {
			all = append(all, diags...)
		}
	}
	return diag.Sort(all)
}

// resolve goes from files to works.
func (s *session) resolve() error {
	err := s.stage("load", func() (string, error) {
		err := s.load()
		return count(modules(s.lib), "module"), err
	})
	if err != nil {
		return err
	}
	err = s.stage("localise", func() (string, error) {
		err := s.localise()
		return count(len(s.languages), "language"), err
	})
	if err != nil {
		return err
	}
	return s.stage("check", func() (string, error) {
		s.check()
		errs, warns := diag.Count(s.diagnostics())
		return count(errs, "error") + ", " + count(warns, "warning"), nil
	})
}

// update does again what a change of the named files reaches, and gives the paths of the modules that changed; all of them when
// the change is not one inside known pages, quizzes and catalogues.
func (s *session) update(names []string) (changed []string, err error) {
	var sources []string
	modules := map[string]bool{}
	for _, name := range names {
		if !strings.HasPrefix(name, "translations/") {
			sources = append(sources, name)
			continue
		}
		module, ok := s.reloadCatalogue(name)
		if !ok {
			return nil, s.resolve()
		}
		modules[module] = true
	}
	if len(sources) > 0 {
		lib, paths, diags, ok, err := s.loader.Reload(sources)
		if err != nil || !ok {
			return nil, errors.Join(err, s.resolve())
		}
		lib.Messages = s.messages
		s.lib, s.loadDiags = lib, diags
		for _, p := range paths {
			modules[p] = true
		}
	}
	for path := range modules {
		m, ok := s.lib.Module(path)
		for _, l := range s.languages {
			if !ok {
				break
			}
			if err := s.localiseModule(l, m); err != nil {
				return nil, err
			}
		}
	}
	s.check()
	return slices.Sorted(maps.Keys(modules)), nil
}

// reloadCatalogue reads a PO file again and gives the path of the module that it translates a page of.
func (s *session) reloadCatalogue(name string) (module string, ok bool) {
	for _, l := range s.languages {
		if l.own == nil || !l.own.Reload(s.root.FS(), name) {
			continue
		}
		domain := strings.TrimPrefix(name, locale.Dir(l.Code)+"/")
		parts := strings.Split(domain, "/")
		if len(parts) < 3 {
			return "", false
		}
		module = parts[0] + "/" + parts[1]
		_, ok = s.lib.Module(module)
		return module, ok
	}
	return "", false
}

// load reads the configuration, the sources and the interface's messages. A work's own interface.yaml adds to the
// embedded one and replaces its messages.
func (s *session) load() error {
	var err error
	if s.config, s.configDiags, err = readConfig(s.root.FS()); err != nil {
		return err
	}
	hasConfig := len(s.configDiags) == 0
	for _, lang := range s.Languages {
		if _, ok := s.config.language(lang); !ok && hasConfig {
			s.configDiags = append(s.configDiags, diag.Errorf(diag.Pos{File: configFile}, "language-unknown",
				"add [languages."+lang+"], or leave it out", "the work has no language %q", lang))
		}
	}
	s.loader = load.New(s.root.FS(), s.config.SourceLang)
	if s.lib, s.loadDiags, err = s.loader.Load(); err != nil {
		return err
	}
	for _, id := range s.Collections {
		if !slices.ContainsFunc(s.lib.Collections, func(c course.Collection) bool { return c.ID == id }) {
			s.configDiags = append(s.configDiags, diag.Errorf(diag.Pos{File: "modules"}, "collection-unknown",
				"collections are the folders in modules", "the work has no collection %q", id))
		}
	}
	embedded, diags, err := load.Messages(s.Defaults)
	if err != nil {
		return err
	}
	own, more, err := load.Messages(s.root.FS())
	if err != nil {
		return err
	}
	s.configDiags = slices.Concat(s.configDiags, diags, more)
	s.messages = mergeMessages(embedded, own)
	s.lib.Messages = s.messages
	return nil
}

func mergeMessages(messages, own []course.Message) []course.Message {
	for _, m := range own {
		if i := slices.IndexFunc(messages, func(d course.Message) bool { return d.ID == m.ID }); i >= 0 {
			messages[i] = m
		} else {
			messages = append(messages, m)
		}
	}
	return messages
}

// localise finds the texts of every language of the build.
func (s *session) localise() error {
	s.languages = nil
	for _, l := range s.siteLanguages() {
		s.languages = append(s.languages, &languageState{Language: l, texts: map[string]locale.Texts{}, diags: map[string][]diag.Diagnostic{}})
	}
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, l := range s.languages {
		group.Go(func() error { return s.localiseLanguage(l) })
	}
	return group.Wait()
}

func (s *session) localiseLanguage(l *languageState) error {
	if l.Code == s.lib.SourceLang {
		l.messages = s.messages
	} else if err := s.localiseRest(l); err != nil {
		return err
	}
	for _, c := range s.lib.Collections {
		for _, m := range c.Modules {
			if err := s.localiseModule(l, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// localiseRest finds the texts of what is in no module.
func (s *session) localiseRest(l *languageState) error {
	defaults, err := locale.Read(s.Defaults, l.Code)
	if err != nil {
		return err
	}
	if l.own, err = locale.Read(s.root.FS(), l.Code); err != nil {
		return err
	}
	var diags, more []diag.Diagnostic
	_, l.texts[""], diags = locale.Translate(s.part(func(string) bool { return false }), l.own)
	l.messages, more = locale.Interface(s.messages, l.Code, defaults, l.own)
	l.diags[""] = slices.Concat(diags, more, locale.Orphans(s.lib, l.own))
	return errors.Join(defaults.Err(), l.own.Err())
}

// localiseModule finds the texts of a module.
func (s *session) localiseModule(l *languageState, m course.Module) error {
	lib := one(s.lib, m)
	var diags []diag.Diagnostic
	if l.own != nil {
		lib, l.texts[m.Path], diags = locale.Translate(lib, l.own)
		if !s.watch {
			l.own.Release()
		}
		if err := l.own.Err(); err != nil {
			return err
		}
	}
	l.diags[m.Path] = append(diags, check.Translated(lib)...)
	return nil
}

// one is a library of one module and nothing else.
func one(lib course.Library, m course.Module) course.Library {
	return course.Library{Lang: lib.Lang, SourceLang: lib.SourceLang, Collections: []course.Collection{{Modules: []course.Module{m}}}}
}

// part is the library in its own language with only the modules at the paths that keep names.
func (s *session) part(keep func(path string) bool) course.Library {
	lib := s.lib
	lib.Collections = slices.Clone(lib.Collections)
	for i, c := range lib.Collections {
		lib.Collections[i].Modules = slices.DeleteFunc(slices.Clone(c.Modules), func(m course.Module) bool { return !keep(m.Path) })
	}
	return lib
}

// check applies the rules.
func (s *session) check() {
	s.checkDiags = check.Run(s.lib)
	for _, l := range s.languages {
		if l.own != nil {
			s.checkDiags = append(s.checkDiags, l.own.Diagnostics()...)
		}
	}
}

// work makes what is shown in a language, of the modules at the paths that keep names.
func (s *session) work(l *languageState, keep func(path string) bool) course.Work {
	lib := s.part(keep)
	if l.own != nil {
		modules := lib.Collections
		lib = l.texts[""].Apply(s.part(func(string) bool { return false }))
		for i, c := range modules {
			for _, m := range c.Modules {
				localised := l.texts[m.Path].Apply(one(s.lib, m))
				lib.Collections[i].Modules = append(lib.Collections[i].Modules, localised.Collections[0].Modules[0])
			}
		}
	}
	lib.Messages = l.messages
	source, _ := s.config.language(s.config.SourceLang)
	return edition.Resolve([]course.Library{lib}, edition.Options{
		Audience: s.Audience, Collections: s.Collections, Drafts: s.Drafts,
		Languages: s.siteLanguages(), SourceLang: source,
	})[0]
}

func everything(string) bool { return true }

// siteLanguages are those that the build is asked for, in the order of the configuration.
func (s *session) siteLanguages() []course.Language {
	if len(s.Languages) == 0 {
		return s.config.Languages
	}
	return slices.DeleteFunc(slices.Clone(s.config.Languages), func(l course.Language) bool {
		return !slices.Contains(s.Languages, l.Code)
	})
}

func (s *session) dest() string {
	if filepath.IsAbs(s.Dest) {
		return s.Dest
	}
	return filepath.Join(s.Dir, s.Dest)
}

func modules(lib course.Library) int {
	n := 0
	for _, c := range lib.Collections {
		n += len(c.Modules)
	}
	return n
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
