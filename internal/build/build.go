// Package build is the driver: the only place that knows the order of the stages.
package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"lectern/internal/assets"
	"lectern/internal/check"
	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/edition"
	"lectern/internal/load"
	"lectern/internal/locale"
	"lectern/internal/publish"
	"lectern/internal/render"
	"lectern/internal/site"
)

// Options say what to build, where from and where to.
type Options struct {
	Dir         string // the work
	Dest        string // the output; relative to Dir
	Languages   []string
	Collections []string
	Audience    course.Audience
	Drafts      bool
	Defaults    fs.FS       // embedded layouts, assets and static files
	Progress    func(Stage) // called when a stage ends; may be nil
	Log         func(string)
}

// Stage is a finished stage, for progress lines.
type Stage struct {
	Name    string
	Detail  string
	Seconds float64
}

// Summary is what a build made.
type Summary struct {
	Dest      string            `json:"dest"`
	Bytes     int64             `json:"bytes"`
	Seconds   float64           `json:"seconds"`
	Errors    int               `json:"errors"`
	Warnings  int               `json:"warnings"`
	Languages []LanguageSummary `json:"languages"`
}

// LanguageSummary is what a build made in one language.
type LanguageSummary struct {
	Lang         string `json:"lang"`
	Pages        int    `json:"pages"`
	Texts        int    `json:"texts"`
	Translated   int    `json:"translated"`
	Drifted      int    `json:"drifted"`
	Untranslated int    `json:"untranslated"`
}

// Build makes a site. When diagnostics hold an error, nothing was written.
func Build(ctx context.Context, opts Options) (Summary, []diag.Diagnostic, error) {
	began := time.Now()
	b, err := prepare(opts)
	if err != nil {
		return Summary{}, nil, err
	}
	defer b.root.Close()
	if err := b.resolve(); err != nil {
		return Summary{}, nil, err
	}
	diags := diag.Sort(b.diags)
	summary := Summary{Dest: b.dest}
	summary.Errors, summary.Warnings = diag.Count(diags)
	if summary.Errors > 0 {
		return summary, diags, nil
	}
	staging, err := publish.Stage(b.dest)
	if err != nil {
		return summary, diags, err
	}
	defer staging.Close()
	if err := b.write(ctx, staging.Dir); err != nil {
		return summary, diags, err
	}
	if summary.Bytes, err = size(staging.Dir); err != nil {
		return summary, diags, err
	}
	if err := staging.Commit(); err != nil {
		return summary, diags, fmt.Errorf("publish: %w", err)
	}
	summary.Seconds = time.Since(began).Seconds()
	for _, w := range b.works {
		summary.Languages = append(summary.Languages, languageSummary(w))
	}
	return summary, diags, nil
}

// Check collects every diagnostic and writes nothing.
func Check(opts Options) ([]diag.Diagnostic, error) {
	b, err := prepare(opts)
	if err != nil {
		return nil, err
	}
	defer b.root.Close()
	err = b.resolve()
	return diag.Sort(b.diags), err
}

// builder is one build on its way through the stages.
type builder struct {
	Options
	root    *os.Root
	dest    string
	config  Config
	diags   []diag.Diagnostic
	works   []course.Work
	layouts afero.Fs
	assets  afero.Fs
	static  afero.Fs
}

func prepare(opts Options) (*builder, error) {
	root, err := os.OpenRoot(opts.Dir)
	if err != nil {
		return nil, fmt.Errorf("open work: %w", err)
	}
	b := &builder{Options: opts, root: root, dest: opts.Dest}
	if !filepath.IsAbs(b.dest) {
		b.dest = filepath.Join(opts.Dir, b.dest)
	}
	for _, o := range []struct {
		into *afero.Fs
		name string
	}{{&b.layouts, "layouts"}, {&b.assets, "assets"}, {&b.static, "static"}} {
		if *o.into, err = overlay(opts.Defaults, root.FS(), o.name); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// stage times a stage and reports it.
func (b *builder) stage(name string, run func() (detail string, err error)) error {
	began := time.Now()
	detail, err := run()
	if err != nil {
		return err
	}
	if b.Progress != nil {
		b.Progress(Stage{name, detail, time.Since(began).Seconds()})
	}
	return nil
}

// resolve goes from files to works, and collects every diagnostic on the way.
func (b *builder) resolve() error {
	var lib course.Library
	var libraries []course.Library
	err := b.stage("load", func() (detail string, err error) {
		lib, err = b.load()
		return fmt.Sprintf("%d modules", modules(lib)), err
	})
	if err != nil {
		return err
	}
	err = b.stage("localise", func() (detail string, err error) {
		libraries, err = b.localise(lib)
		return fmt.Sprintf("%d languages", len(libraries)), err
	})
	if err != nil {
		return err
	}
	source, _ := b.config.language(b.config.SourceLang)
	return b.stage("check", func() (string, error) {
		b.works = edition.Resolve(libraries, edition.Options{
			Audience: b.Audience, Collections: b.Collections, Drafts: b.Drafts,
			Languages: b.languages(), SourceLang: source,
		})
		b.diags = append(b.diags, check.Run(lib)...)
		errs, warns := diag.Count(b.diags)
		return fmt.Sprintf("%d errors, %d warnings", errs, warns), nil
	})
}

// load reads the configuration, the sources and the interface's messages. A work's own interface.yaml adds to the embedded
// one and replaces its messages.
func (b *builder) load() (course.Library, error) {
	var err error
	collect := func(diags []diag.Diagnostic, e error) {
		b.diags = append(b.diags, diags...)
		err = errors.Join(err, e)
	}
	config, diags, e := readConfig(b.root.FS())
	b.config = config
	collect(diags, e)
	for _, lang := range b.Languages {
		if _, ok := config.language(lang); !ok && e == nil {
			collect([]diag.Diagnostic{diag.Errorf(diag.Pos{File: configFile}, "language-unknown", "add [languages."+lang+"], or leave it out", "the work has no language %q", lang)}, nil)
		}
	}
	lib, diags, e := load.Load(b.root.FS(), config.SourceLang)
	collect(diags, e)
	for _, id := range b.Collections {
		if !slices.ContainsFunc(lib.Collections, func(c course.Collection) bool { return c.ID == id }) {
			collect([]diag.Diagnostic{diag.Errorf(diag.Pos{File: "modules"}, "collection-unknown", "collections are the folders in modules", "the work has no collection %q", id)}, nil)
		}
	}
	lib.Messages, diags, e = load.Messages(b.Defaults)
	collect(diags, e)
	own, diags, e := load.Messages(b.root.FS())
	collect(diags, e)
	for _, m := range own {
		if i := slices.IndexFunc(lib.Messages, func(d course.Message) bool { return d.ID == m.ID }); i >= 0 {
			lib.Messages[i] = m
		} else {
			lib.Messages = append(lib.Messages, m)
		}
	}
	return lib, err
}

// localise makes the library in every language of the build.
func (b *builder) localise(lib course.Library) ([]course.Library, error) {
	languages := b.languages()
	libraries := make([]course.Library, len(languages))
	diags := make([][]diag.Diagnostic, len(languages))
	group := errgroup.Group{}
	group.SetLimit(concurrent)
	for i, l := range languages {
		if l.Code == lib.SourceLang {
			libraries[i] = lib
			continue
		}
		group.Go(func() error {
			defaults, ds, err := locale.Read(b.Defaults, l.Code)
			if err != nil {
				return err
			}
			own, ds2, err := locale.Read(b.root.FS(), l.Code)
			if err != nil {
				return err
			}
			localised, ds3 := locale.Localise(lib, own)
			messages, ds4 := locale.Interface(lib.Messages, l.Code, defaults, own)
			localised.Messages = messages
			libraries[i], diags[i] = localised, slices.Concat(ds, ds2, ds3, ds4)
			return nil
		})
	}
	err := group.Wait()
	b.diags = append(b.diags, slices.Concat(diags...)...)
	return libraries, err
}

func modules(lib course.Library) int {
	n := 0
	for _, c := range lib.Collections {
		n += len(c.Modules)
	}
	return n
}

// languages are those that the build is asked for, in the order of the configuration.
func (b *builder) languages() []course.Language {
	if len(b.Languages) == 0 {
		return b.config.Languages
	}
	return slices.DeleteFunc(slices.Clone(b.config.Languages), func(l course.Language) bool {
		return !slices.Contains(b.Languages, l.Code)
	})
}

// concurrent is how many languages are rendered at a time: two keep both cores busy at a quarter of the memory of all six.
const concurrent = 2

// write makes the site in dir.
func (b *builder) write(ctx context.Context, dir string) error {
	var names site.Assets
	err := b.stage("assets", func() (string, error) {
		bundles, built, err := assets.Build(afero.NewIOFS(b.assets))
		if err != nil {
			return "", err
		}
		names = built
		for _, bundle := range bundles {
			if err := writeFile(dir, bundle.Path, bundle.Contents); err != nil {
				return "", err
			}
		}
		return fmt.Sprintf("%d files", len(bundles)), copyStatic(afero.NewIOFS(b.static), dir)
	})
	if err != nil {
		return err
	}
	opts := render.Options{Layouts: afero.NewIOFS(b.layouts), Params: b.config.Params, Assets: names, Log: b.Log}
	err = b.stage("render", func() (string, error) {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(concurrent)
		for _, w := range b.works {
			group.Go(func() error { return renderLanguage(ctx, w, filepath.Join(dir, w.Lang.Code), opts) })
		}
		return fmt.Sprintf("%d languages", len(b.works)), group.Wait()
	})
	if err != nil {
		return err
	}
	return b.stage("media", func() (string, error) {
		for _, w := range b.works {
			err := render.Media(w, func(name string, contents []byte) error { return writeFile(dir, name, contents) })
			if err != nil {
				return "", err
			}
		}
		if err := render.Start(ctx, afero.NewBasePathFs(afero.NewOsFs(), dir), b.works, opts); err != nil {
			return "", err
		}
		return "", b.stamp(dir)
	})
}

func renderLanguage(ctx context.Context, w course.Work, dir string, opts render.Options) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	r := render.New(afero.NewBasePathFs(afero.NewOsFs(), dir), opts)
	_, err := r.Render(ctx, w)
	return errors.Join(err, r.Close())
}

// stamp marks the output as ours and says what it is. It holds no time and no path: same sources, same bytes.
func (b *builder) stamp(dir string) error {
	data := struct {
		Generator string          `json:"generator"`
		Audience  course.Audience `json:"audience"`
		Languages []string        `json:"languages"`
	}{Generator: "lectern", Audience: b.Audience}
	for _, w := range b.works {
		data.Languages = append(data.Languages, w.Lang.Code)
	}
	out, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(dir, publish.Stamp, append(out, '\n'))
}

func writeFile(dir, name string, contents []byte) error {
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, contents, 0o644)
}

func copyStatic(static fs.FS, dir string) error {
	return fs.WalkDir(static, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		contents, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		return writeFile(dir, name, contents)
	})
}

func size(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		total += info.Size()
		return err
	})
	return total, err
}
