package build

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
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

	works []course.Work

	layouts, assets, static afero.Fs
}

// languageState is the work in one language.
type languageState struct {
	course.Language
	defaults, own *locale.Catalogues // nil in the source language
	lib           course.Library
	diags         map[string][]diag.Diagnostic // by module path; "" for the rest
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
	for _, l := range s.languages {
		if l.own == nil {
			l.lib = s.lib
			continue
		}
		for path := range modules {
			s.localiseModule(l, path)
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

// localise makes the library in every language of the build.
func (s *session) localise() error {
	s.languages = nil
	for _, l := range s.siteLanguages() {
		s.languages = append(s.languages, &languageState{Language: l, lib: s.lib, diags: map[string][]diag.Diagnostic{}})
	}
	group := errgroup.Group{}
	group.SetLimit(concurrent)
	for _, l := range s.languages {
		if l.Code != s.lib.SourceLang {
			group.Go(func() error { return s.localiseLanguage(l) })
		}
	}
	return group.Wait()
}

func (s *session) localiseLanguage(l *languageState) (err error) {
	if l.defaults, err = locale.Read(s.Defaults, l.Code); err != nil {
		return err
	}
	if l.own, err = locale.Read(s.root.FS(), l.Code); err != nil {
		return err
	}
	rest := s.lib
	rest.Collections = slices.Clone(rest.Collections)
	for i := range rest.Collections {
		rest.Collections[i].Modules = nil
	}
	var diags []diag.Diagnostic
	l.lib, diags = locale.Localise(rest, l.own)
	for i, c := range s.lib.Collections {
		l.lib.Collections[i].Modules = make([]course.Module, len(c.Modules))
		for _, m := range c.Modules {
			s.localiseModule(l, m.Path)
		}
	}
	var more []diag.Diagnostic
	l.lib.Messages, more = locale.Interface(s.messages, l.Code, l.defaults, l.own)
	l.diags[""] = slices.Concat(diags, more, locale.Orphans(s.lib, l.own))
	return nil
}

// localiseModule puts a module of the source library into the language.
func (s *session) localiseModule(l *languageState, path string) {
	for i, c := range s.lib.Collections {
		for j, m := range c.Modules {
			if m.Path != path {
				continue
			}
			one := course.Library{Collections: []course.Collection{{Modules: []course.Module{m}}}}
			localised, diags := locale.Localise(one, l.own)
			l.diags[path] = diags
			l.lib.Collections = slices.Clone(l.lib.Collections)
			l.lib.Collections[i].Modules = slices.Clone(l.lib.Collections[i].Modules)
			l.lib.Collections[i].Modules[j] = localised.Collections[0].Modules[0]
		}
	}
}

// check applies the rules and, when all is well, decides what is shown.
func (s *session) check() {
	s.checkDiags = check.Run(s.lib)
	for _, l := range s.languages {
		s.checkDiags = append(s.checkDiags, check.Translated(l.lib)...)
		if l.own != nil {
			s.checkDiags = append(s.checkDiags, l.own.Diagnostics()...)
		}
	}
	source, _ := s.config.language(s.config.SourceLang)
	libraries := make([]course.Library, len(s.languages))
	for i, l := range s.languages {
		libraries[i] = l.lib
	}
	s.works = edition.Resolve(libraries, edition.Options{
		Audience: s.Audience, Collections: s.Collections, Drafts: s.Drafts,
		Languages: s.siteLanguages(), SourceLang: source,
	})
}

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
