package render

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"

	"lectern/internal/course"
)

// WritePlain writes to dir the project that somebody without lectern would give to Hugo for the same pages: one site with all
// languages, the same content files, layouts, words and settings. The hugo command builds it too.
func WritePlain(dir string, works []course.Work, opts Options) error {
	write := func(name string, contents []byte) error {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		return os.WriteFile(full, contents, 0o644)
	}
	site := common()
	site["defaultContentLanguageInSubdir"] = true
	languages := map[string]any{}
	site["languages"] = languages
	for i, work := range works {
		lang := work.Lang.Code
		if lang == work.SourceLang.Code || i == 0 {
			site["defaultContentLanguage"] = lang
		}
		l := languageSettings(work, i+1)
		l["title"], l["contentDir"], l["params"] = work.Home.Title.Value, "content/"+lang, params(work, opts)
		languages[lang] = l
		err := contents(work, nil, func(name string, content []byte) error {
			return write("content/"+lang+strings.TrimPrefix(name, root+"/content"), content)
		})
		if err != nil {
			return err
		}
		if err := write("i18n/"+lang+".json", messages(work.Messages)); err != nil {
			return err
		}
	}
	b, err := json.MarshalIndent(site, "", "  ")
	if err != nil {
		return fmt.Errorf("plain site: %w", err)
	}
	if err := write("hugo.json", b); err != nil {
		return err
	}
	return fs.WalkDir(opts.Layouts, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(opts.Layouts, name)
		if err != nil {
			return err
		}
		return write("layouts/"+name, b)
	})
}

// Plain builds the project in dir as the hugo command does, into its folder public. It is what our own cost is measured against.
func Plain(ctx context.Context, dir string, log func(string)) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	flags := config.New()
	flags.Set("workingDir", dir)
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: hugofs.Os, Flags: flags, Environment: "production",
		Logger: loggers.New(loggers.Options{Level: logg.LevelWarn, StdOut: writer(log), StdErr: writer(log), DistinctLevel: logg.LevelWarn}),
	})
	if err != nil {
		return fmt.Errorf("configure hugo: %w", err)
	}
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{
		Configs: configs, Fs: hugofs.NewFromSourceAndDestination(hugofs.Os, hugofs.Os, configs.LoadingInfo.Cfg),
		LogLevel: logg.LevelWarn, StdOut: writer(log), StdErr: writer(log),
	})
	if err != nil {
		return fmt.Errorf("start hugo: %w", err)
	}
	defer sites.Close()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := sites.Build(hugolib.BuildCfg{NoBuildLock: true}); err != nil {
		return fmt.Errorf("plain hugo: %w", err)
	}
	if n := sites.NumLogErrors(); n > 0 {
		return fmt.Errorf("plain hugo: %d errors logged by the templates", n)
	}
	return nil
}
