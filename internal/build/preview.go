package build

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/afero"

	"lectern/internal/assets"
	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/render"
	"lectern/internal/site"
)

// Preview is a site in memory that follows its sources. Each language is rendered when a page of it is asked for, so that an
// author waits for one language and not for six.
type Preview struct {
	opts    Options
	session *session
	files   afero.Fs

	mu        sync.Mutex // held while the session changes
	languages map[string]*previewLanguage
	works     []course.Work // the last good ones
	diags     []diag.Diagnostic
	pending   changes // what changed while the content had errors
}

// previewLanguage is a language's renderer and what it has not rendered yet.
type previewLanguage struct {
	mu       sync.Mutex
	renderer *render.Renderer
	work     course.Work
	stale    changes
}

// changes are modules by path, or everything.
type changes struct {
	all     bool
	modules []string
}

func (c *changes) add(modules []string) {
	c.all = c.all || modules == nil
	c.modules = append(c.modules, modules...)
}

// Update is what a change did.
type Update struct {
	Diagnostics []diag.Diagnostic
	Modules     []string // that changed; nil means everything
	Seconds     float64
}

// Rendering is what rendering a language again wrote.
type Rendering struct {
	Lang    string
	Files   []string
	Seconds float64
}

// NewPreview loads a work. Content errors are kept as diagnostics; there are no pages until they are mended.
func NewPreview(ctx context.Context, opts Options) (*Preview, error) {
	p := &Preview{opts: opts}
	_, err := p.reload(ctx)
	return p, err
}

// reload starts over: layouts, assets or the configuration changed, or this is the start.
func (p *Preview) reload(ctx context.Context) (Update, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	began := time.Now()
	s, err := open(p.opts)
	if err != nil {
		return Update{}, err
	}
	s.watch = true
	if err := s.resolve(); err != nil {
		return Update{}, errors.Join(err, s.close())
	}
	if p.session != nil {
		_ = p.session.close()
	}
	p.session = s
	p.diags = s.diagnostics()
	if errs, _ := diag.Count(p.diags); errs > 0 {
		p.pending.all = true
		return Update{Diagnostics: p.diags}, nil
	}
	files := afero.NewMemMapFs()
	put := func(name string, contents []byte) error { return afero.WriteFile(files, "/"+name, contents, 0o644) }
	bundles, names, err := assets.Build(afero.NewIOFS(s.assets))
	if err != nil {
		return Update{}, err
	}
	for _, b := range bundles {
		if err := put(b.Path, b.Contents); err != nil {
			return Update{}, err
		}
	}
	if err := copyStatic(afero.NewIOFS(s.static), put); err != nil {
		return Update{}, err
	}
	var works []course.Work
	for _, l := range s.languages {
		works = append(works, s.work(l, everything))
	}
	opts := s.renderOptions(names)
	opts.Watch = true
	if err := render.Start(ctx, files, works, s.renderOptions(names)); err != nil {
		return Update{}, err
	}
	languages := map[string]*previewLanguage{}
	for _, w := range works {
		dest := afero.NewBasePathFs(files, "/"+w.Lang.Code)
		languages[w.Lang.Code] = &previewLanguage{renderer: render.New(dest, opts), work: w, stale: changes{all: true}}
		if err := render.Media(w, put); err != nil {
			return Update{}, err
		}
	}
	for _, l := range p.languages {
		_ = l.renderer.Close()
	}
	p.files, p.languages, p.works, p.pending = files, languages, works, changes{}
	return Update{Diagnostics: p.diags, Seconds: time.Since(began).Seconds()}, nil
}

// Update follows a change of the named files, slash-separated below the work. While the content has errors the pages stay
// as they were.
func (p *Preview) Update(ctx context.Context, names []string) (Update, error) {
	if p.files == nil || slices.ContainsFunc(names, structural) {
		return p.reload(ctx)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	began := time.Now()
	modules, err := p.session.update(names)
	if err != nil {
		return Update{}, err
	}
	p.diags = p.session.diagnostics()
	update := Update{Diagnostics: p.diags, Modules: modules}
	p.pending.add(modules)
	if errs, _ := diag.Count(p.diags); errs > 0 {
		update.Seconds = time.Since(began).Seconds()
		return update, nil
	}
	p.works = p.session.renew(p.works, p.pending)
	for _, w := range p.works {
		l := p.languages[w.Lang.Code]
		l.mu.Lock()
		l.work = w
		l.stale.all = l.stale.all || p.pending.all
		l.stale.modules = append(l.stale.modules, p.pending.modules...)
		l.mu.Unlock()
	}
	err = p.media(p.pending)
	p.pending = changes{}
	update.Seconds = time.Since(began).Seconds()
	return update, err
}

// renew gives the works after changes. Those that it is given stay as they are.
func (s *session) renew(old []course.Work, c changes) []course.Work {
	works := make([]course.Work, len(s.languages))
	changed := func(path string) bool { return slices.Contains(c.modules, path) }
	for i, l := range s.languages {
		if c.all || i >= len(old) {
			works[i] = s.work(l, everything)
			continue
		}
		works[i] = s.work(l, changed)
		works[i].Editions = s.merge(works[i].Editions, slices.DeleteFunc(slices.Clone(old[i].Editions),
			func(e course.Edition) bool { return changed(e.Module.Path) }))
	}
	return works
}

// merge is the editions of both, each in order, in the order of the library.
func (s *session) merge(a, b []course.Edition) []course.Edition {
	out := make([]course.Edition, 0, len(a)+len(b))
	for _, c := range s.lib.Collections {
		for _, m := range c.Modules {
			for _, from := range []*[]course.Edition{&a, &b} {
				if len(*from) > 0 && (*from)[0].Module.Path == m.Path {
					out = append(out, (*from)[0])
					*from = (*from)[1:]
				}
			}
		}
	}
	return out
}

// media writes the pictures of the modules that changed again.
func (p *Preview) media(c changes) error {
	for _, w := range p.works {
		if !c.all {
			w.Editions = slices.DeleteFunc(slices.Clone(w.Editions), func(e course.Edition) bool { return !slices.Contains(c.modules, e.Module.Path) })
		}
		err := render.Media(w, func(name string, contents []byte) error { return afero.WriteFile(p.files, "/"+name, contents, 0o644) })
		if err != nil {
			return err
		}
	}
	return nil
}

// structural reports a file that more than content depends on.
func structural(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !slices.Contains([]string{"modules", "quizzes", "translations"}, first) || path.Base(name) == "interface.yaml" || path.Base(name) == "interface.po"
}

// Render brings a language's pages up to date. It returns nil when they were.
func (p *Preview) Render(ctx context.Context, lang string) (*Rendering, error) {
	p.mu.Lock()
	l := p.languages[lang]
	p.mu.Unlock()
	if l == nil {
		return nil, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.stale.all && len(l.stale.modules) == 0 {
		return nil, nil
	}
	began := time.Now()
	var files []string
	var err error
	if l.stale.all {
		files, err = l.renderer.Render(ctx, l.work)
	} else {
		files, err = l.renderer.Update(ctx, l.work, l.stale.modules)
	}
	if err != nil {
		return nil, err
	}
	l.stale = changes{}
	return &Rendering{Lang: lang, Files: files, Seconds: time.Since(began).Seconds()}, nil
}

// Languages are the site's, in order.
func (p *Preview) Languages() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	for _, w := range p.works {
		out = append(out, w.Lang.Code)
	}
	return out
}

// Diagnostics are those of the present sources.
func (p *Preview) Diagnostics() []diag.Diagnostic {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.diags
}

// Files is the site as far as it is rendered; nil before there was a good one.
func (p *Preview) Files() fs.FS {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.files == nil {
		return nil
	}
	return afero.NewIOFS(afero.NewBasePathFs(p.files, "/"))
}

// Close frees what the preview holds.
func (p *Preview) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	for _, l := range p.languages {
		err = errors.Join(err, l.renderer.Close())
	}
	return errors.Join(err, p.session.close())
}

func (s *session) renderOptions(names site.Assets) render.Options {
	return render.Options{Layouts: afero.NewIOFS(s.layouts), Params: s.config.Params, Assets: names, Log: s.Log}
}
