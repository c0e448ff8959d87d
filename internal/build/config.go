package build

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"lectern/internal/course"
	"lectern/internal/diag"
)

// Config is hugo.toml, as far as it is ours: Hugo's own keys of the same names mean the same.
type Config struct {
	SourceLang string
	Languages  []course.Language // in the order of their weights
	Params     map[string]any    // for a project's own layouts
}

const configFile = "hugo.toml"

// readConfig reads the configuration. A work without languages is in English only.
func readConfig(fsys fs.FS) (Config, []diag.Diagnostic, error) {
	var file struct {
		DefaultContentLanguage string
		Languages              map[string]struct {
			Label     string
			Direction string
			Weight    int
		}
		Params map[string]any
	}
	b, err := fs.ReadFile(fsys, configFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Config{}, []diag.Diagnostic{diag.Errorf(diag.Pos{File: configFile}, "config-missing",
			"run lectern in the folder of a work, or start one with: lectern new site", "there is no %s here", configFile)}, nil
	}
	if err != nil {
		return Config{}, nil, fmt.Errorf("read configuration: %w", err)
	}
	if err := toml.Unmarshal(b, &file); err != nil {
		pos := diag.Pos{File: configFile}
		var bad *toml.DecodeError
		if errors.As(err, &bad) {
			pos.Line, pos.Col = bad.Position()
		}
		return Config{}, []diag.Diagnostic{diag.Errorf(pos, "config", "see docs/authors.md", "%v", err)}, nil
	}
	var diags []diag.Diagnostic
	c := Config{SourceLang: cmp.Or(file.DefaultContentLanguage, "en"), Params: file.Params}
	weights := map[string]int{}
	for code, l := range file.Languages {
		if tag, err := language.Parse(code); err != nil || tag.String() != code {
			diags = append(diags, diag.Errorf(diag.Pos{File: configFile}, "config", "use a BCP 47 code such as ar or pt-BR", "%q is no language code", code))
			continue
		}
		direction := cmp.Or(l.Direction, "ltr")
		if direction != "ltr" && direction != "rtl" {
			diags = append(diags, diag.Errorf(diag.Pos{File: configFile}, "config", "write ltr or rtl", "%q is no direction", direction))
		}
		weights[code] = l.Weight
		c.Languages = append(c.Languages, course.Language{Code: code, Label: cmp.Or(l.Label, code), Direction: direction})
	}
	slices.SortFunc(c.Languages, func(a, b course.Language) int {
		return cmp.Or(cmp.Compare(weights[a.Code], weights[b.Code]), cmp.Compare(a.Code, b.Code))
	})
	if _, ok := c.language(c.SourceLang); !ok {
		if len(c.Languages) > 0 {
			diags = append(diags, diag.Errorf(diag.Pos{File: configFile}, "config", "add [languages."+c.SourceLang+"]", "the language of the sources, %q, is not among the languages", c.SourceLang))
		}
		c.Languages = append(c.Languages, course.Language{Code: c.SourceLang, Label: c.SourceLang, Direction: "ltr"})
	}
	return c, diags, nil
}

func (c Config) language(code string) (course.Language, bool) {
	i := slices.IndexFunc(c.Languages, func(l course.Language) bool { return l.Code == code })
	if i < 0 {
		return course.Language{}, false
	}
	return c.Languages[i], true
}
