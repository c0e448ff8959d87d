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
	"strings"
	"time"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"lectern/internal/assets"
	"lectern/internal/course"
	"lectern/internal/diag"
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
	defer gather(gatherResolving)()
	s, err := open(opts)
	if err != nil {
		return Summary{}, nil, err
	}
	defer s.close()
	if err := s.resolve(); err != nil {
		return Summary{}, nil, err
	}
	diags := s.diagnostics()
	summary := Summary{Dest: s.dest()}
	summary.Errors, summary.Warnings = diag.Count(diags)
	if summary.Errors > 0 {
		return summary, diags, nil
	}
	staging, err := publish.Stage(s.dest())
	if err != nil {
		return summary, diags, err
	}
	defer staging.Close()
	if summary.Languages, err = s.write(ctx, staging.Dir); err != nil {
		return summary, diags, err
	}
	if summary.Bytes, err = size(staging.Dir); err != nil {
		return summary, diags, err
	}
	if err := s.stage("publish", func() (string, error) { return s.dest(), staging.Commit() }); err != nil {
		return summary, diags, fmt.Errorf("publish: %w", err)
	}
	summary.Seconds = time.Since(began).Seconds()
	return summary, diags, nil
}

// Check collects every diagnostic and writes nothing.
func Check(opts Options) ([]diag.Diagnostic, error) {
	s, err := open(opts)
	if err != nil {
		return nil, err
	}
	defer s.close()
	err = s.resolve()
	return s.diagnostics(), err
}

// stage times a stage and reports it.
func (s *session) stage(name string, run func() (detail string, err error)) error {
	began := time.Now()
	detail, err := run()
	if err != nil {
		return err
	}
	if s.Progress != nil {
		s.Progress(Stage{name, detail, time.Since(began).Seconds()})
	}
	return nil
}

// concurrent is how many languages are rendered at a time. Hugo keeps all cores busy with one; a second saves little time and
// doubles the memory.
const concurrent = 1

// write makes the site in dir. A language's work exists only while it is rendered: all of them together are most of what a build
// would have to hold.
func (s *session) write(ctx context.Context, dir string) ([]LanguageSummary, error) {
	put := func(name string, contents []byte) error { return writeFile(dir, name, contents) }
	var names site.Assets
	err := s.stage("assets", func() (string, error) {
		bundles, built, err := assets.Build(afero.NewIOFS(s.assets))
		if err != nil {
			return "", err
		}
		names = built
		for _, bundle := range bundles {
			if err := put(bundle.Path, bundle.Contents); err != nil {
				return "", err
			}
		}
		return count(len(bundles), "file"), copyStatic(afero.NewIOFS(s.static), put)
	})
	if err != nil {
		return nil, err
	}
	opts := s.renderOptions(names)
	defer gather(gatherRendering)()
	summaries := make([]LanguageSummary, len(s.languages))
	fronts := make([]course.Work, len(s.languages))
	err = s.stage("render", func() (string, error) {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(concurrent)
		for i, l := range s.languages {
			group.Go(func() error {
				w := s.work(l, everything)
				l.texts = nil // they are in w now, and w is gone when Hugo has its pages
				summaries[i], fronts[i] = languageSummary(w), w
				fronts[i].Editions = nil
				if err := render.Media(w, put); err != nil {
					return err
				}
				return renderLanguage(ctx, w, filepath.Join(dir, l.Code), opts)
			})
		}
		return count(len(s.languages), "language"), group.Wait()
	})
	if err != nil {
		return nil, err
	}
	return summaries, s.stage("start", func() (string, error) {
		if err := render.Start(ctx, afero.NewBasePathFs(afero.NewOsFs(), dir), fronts, opts); err != nil {
			return "", err
		}
		return "", s.stamp(put)
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
func (s *session) stamp(put func(string, []byte) error) error {
	data := struct {
		Generator string          `json:"generator"`
		Audience  course.Audience `json:"audience"`
		Languages []string        `json:"languages"`
	}{Generator: "lectern", Audience: s.Audience}
	for _, l := range s.languages {
		data.Languages = append(data.Languages, l.Code)
	}
	out, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return err
	}
	return put(publish.Stamp, append(out, '\n'))
}

func writeFile(dir, name string, contents []byte) error {
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, contents, 0o644)
}

func copyStatic(static fs.FS, put func(string, []byte) error) error {
	return fs.WalkDir(static, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		contents, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		return put(name, contents)
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
