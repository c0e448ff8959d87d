// Package render turns a work in one language into pages with Hugo. It is the only importer of Hugo. Hugo reads
// content and templates from memory and never sees the project's folder; templates are plain Hugo templates that take all
// they show from the page's own parameters (see params.go), so that one page depends on no other.
package render

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bep/logg"
	"github.com/fsnotify/fsnotify"
	hmaps "github.com/gohugoio/hugo/common/hmaps"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"

	"lectern/internal/course"
	"lectern/internal/site"
)

// Options are the same for every language of a build.
type Options struct {
	Layouts fs.FS          // Hugo's layouts folder
	Params  map[string]any // the params of hugo.toml, for a project's own layouts
	Assets  site.Assets
	Watch   bool // the renderer will be asked to render again
	Log     func(message string)
}

// Renderer renders one language. With Options.Watch it keeps Hugo's state, so that rendering a work again costs
// what changed. It is not safe for concurrent use; different renderers are.
type Renderer struct {
	opts    Options
	source  afero.Fs
	dest    *publisher
	content map[string]string // what Hugo was last given, by file
	hugo    *hugolib.HugoSites
}

// New prepares a renderer that writes a language's pages to dest.
func New(dest afero.Fs, opts Options) *Renderer {
	return &Renderer{opts: opts, dest: &publisher{Fs: dest}, source: afero.NewMemMapFs()}
}

// Render writes the pages of work and returns the names of the files it wrote, sorted. After the first call only pages
// whose content changed are written.
func (r *Renderer) Render(ctx context.Context, work course.Work) ([]string, error) {
	if !r.opts.Watch { // there is no second call, so Hugo has the only copy of the content
		err := contents(work, nil, func(name string, content []byte) error { return afero.WriteFile(r.source, name, content, 0o644) })
		if err != nil {
			return nil, err
		}
		return r.build(ctx, work, nil)
	}
	content, err := collect(work, nil)
	if err != nil {
		return nil, err
	}
	return r.render(ctx, work, content)
}

// Update is Render where only the modules of the given paths changed, and saves composing the others.
func (r *Renderer) Update(ctx context.Context, work course.Work, modules []string) ([]string, error) {
	content, err := collect(work, modules)
	if err != nil {
		return nil, err
	}
	for name, old := range r.content {
		if _, again := content[name]; !again && !within(name, modules) {
			content[name] = old
		}
	}
	return r.render(ctx, work, content)
}

// collect is contents in a map.
func collect(work course.Work, modules []string) (map[string]string, error) {
	out := map[string]string{}
	err := contents(work, modules, func(name string, content []byte) error {
		out[name] = string(content)
		return nil
	})
	return out, err
}

// within reports whether a content file belongs to one of the modules.
func within(name string, modules []string) bool {
	return slices.ContainsFunc(modules, func(m string) bool {
		return strings.HasPrefix(name, path.Join(root, "content", m)+"/")
	})
}

func (r *Renderer) render(ctx context.Context, work course.Work, content map[string]string) ([]string, error) {
	events, err := r.put(content)
	if err != nil {
		return nil, err
	}
	if r.hugo != nil && len(events) == 0 {
		return nil, nil
	}
	return r.build(ctx, work, events)
}

// build lets Hugo make its pages: all of them, or those that the events reach. The work is not used once Hugo runs, so that its
// memory is free for pages.
func (r *Renderer) build(ctx context.Context, work course.Work, events []fsnotify.Event) ([]string, error) {
	lang := work.Lang.Code
	r.dest.start(work.SourceLang)
	if r.hugo == nil {
		if err := r.load(work); err != nil {
			return nil, err
		}
		events = nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := r.hugo.Build(hugolib.BuildCfg{NoBuildLock: true}, events...); err != nil {
		return nil, fmt.Errorf("render %s: %w", lang, err)
	}
	if n := r.hugo.NumLogErrors(); n > 0 {
		return nil, fmt.Errorf("render %s: %d errors logged by the templates", lang, n)
	}
	return r.dest.written(), r.dest.err()
}

// Close frees what Hugo holds.
func (r *Renderer) Close() error {
	if r.hugo == nil {
		return nil
	}
	return r.hugo.Close()
}

// put brings the source file system up to content and tells what changed.
func (r *Renderer) put(content map[string]string) ([]fsnotify.Event, error) {
	var events []fsnotify.Event
	for _, name := range slices.Sorted(maps.Keys(content)) {
		old, had := r.content[name]
		if had && old == content[name] {
			continue
		}
		if err := afero.WriteFile(r.source, name, []byte(content[name]), 0o644); err != nil {
			return nil, err
		}
		op := fsnotify.Write
		if !had {
			op = fsnotify.Create
		}
		events = append(events, fsnotify.Event{Name: name, Op: op})
	}
	for _, name := range slices.Sorted(maps.Keys(r.content)) {
		if _, still := content[name]; !still {
			if err := r.source.Remove(name); err != nil {
				return nil, err
			}
			events = append(events, fsnotify.Event{Name: name, Op: fsnotify.Remove})
		}
	}
	r.content = content
	return events, nil
}

// load copies the templates and starts Hugo.
func (r *Renderer) load(work course.Work) error {
	err := fs.WalkDir(r.opts.Layouts, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(r.opts.Layouts, name)
		if err != nil {
			return err
		}
		return afero.WriteFile(r.source, path.Join(root, "layouts", name), b, 0o644)
	})
	if err != nil {
		return fmt.Errorf("read layouts: %w", err)
	}
	if err := afero.WriteFile(r.source, path.Join(root, "i18n", work.Lang.Code+".json"), messages(work.Messages), 0o644); err != nil {
		return err
	}
	log := loggers.New(loggers.Options{
		Level:  logg.LevelWarn,
		StdOut: writer(r.opts.Log), StdErr: writer(r.opts.Log),
		DistinctLevel: logg.LevelWarn,
	})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: r.source, Flags: settings(work, r.opts), Logger: log, Environment: "production",
		Environ: []string{"LECTERN=1"}, // not the machine's: HUGO_ variables would change the output
	})
	if err != nil {
		return fmt.Errorf("configure hugo: %w", err)
	}
	hfs := hugofs.NewFromSourceAndDestination(r.source, r.dest, configs.LoadingInfo.Cfg)
	hfs.PublishDir, hfs.PublishDirStatic, hfs.PublishDirServer = r.dest, r.dest, r.dest
	r.hugo, err = hugolib.NewHugoSites(deps.DepsCfg{
		Configs: configs, Fs: hfs, LogLevel: logg.LevelWarn,
		StdOut: writer(r.opts.Log), StdErr: writer(r.opts.Log),
	})
	if err != nil {
		return fmt.Errorf("start hugo: %w", err)
	}
	return nil
}

// root is the project's folder in Hugo's source file system.
const root = "/work"

// settings is Hugo's configuration for one language.
func settings(work course.Work, opts Options) config.Provider {
	lang := work.Lang.Code
	flags := config.New()
	set := func(key string, value any) {
		flags.Set(key, hmaps.CleanConfigStringMap(map[string]any{"v": value})["v"])
	}
	for key, value := range common() {
		set(key, value)
	}
	set("workingDir", root)
	set("cacheDir", root+"/cache")
	set("title", work.Home.Title.Value)
	set("defaultContentLanguage", lang)
	set("languages", map[string]any{lang: languageSettings(work, 1)})
	set("params", params(work, opts))
	set("internal", map[string]any{"running": opts.Watch, "watch": opts.Watch})
	return flags
}

// common is what is the same for every site. It is code, not the project's: the safety of contributed text and the parity of the
// two Markdown parsers depend on it.
func common() map[string]any {
	return map[string]any{
		"publishDir": "public", "baseURL": "/",
		"disableKinds":      []string{"taxonomy", "term", "rss", "sitemap", "robotstxt", "404"},
		"disableLiveReload": true,
		"enableGitInfo":     false,
		"timeout":           "300s",
		"markup": map[string]any{
			"goldmark": map[string]any{
				"parser": map[string]any{
					"autoHeadingID":                      false,
					"wrapStandAloneImageWithinParagraph": false,
					// Attributes let contributed text set handlers, and cost goldmark more than linear time.
					"attribute": map[string]any{"title": false, "block": false},
				},
				"renderer": map[string]any{"unsafe": false},
				"extensions": map[string]any{
					"linkify":     false,
					"typographer": map[string]any{"disable": true}, // quotation marks are the translators'
					"footnote":    map[string]any{"enable": true, "backlinkHTML": "&#x21a9;&#xfe0e;"},
				},
			},
			"highlight": map[string]any{"codeFences": true, "noClasses": false},
		},
	}
}

func languageSettings(work course.Work, weight int) map[string]any {
	return map[string]any{"weight": weight, "label": work.Lang.Label, "locale": work.Lang.Code, "direction": work.Lang.Direction}
}

func params(work course.Work, opts Options) map[string]any {
	out := maps.Clone(opts.Params)
	if out == nil {
		out = map[string]any{}
	}
	out["site"] = siteParams(work, opts.Assets)
	return out
}

// writer passes Hugo's log lines on.
type writer func(string)

func (w writer) Write(p []byte) (int, error) {
	if w != nil {
		for line := range strings.Lines(string(p)) {
			// Hugo names every changed source file, whatever the level; the caller knows them better.
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "Source changed ") {
				w(line)
			}
		}
	}
	return len(p), nil
}

var errUnsafe = errors.New("text holds a shortcode or a mark of the renderer")
