package render

import (
	"context"
	"encoding/json"
	"fmt"
	"path"

	"github.com/spf13/afero"

	"lectern/internal/course"
)

// choiceData is a language on the first page, with what that page says in it.
type choiceData struct {
	Code     string            `json:"code"`
	Label    string            `json:"label"`
	Dir      string            `json:"dir"`
	Name     string            `json:"name"`
	Summary  string            `json:"summary"`
	Href     string            `json:"href"`
	Messages map[string]string `json:"messages"` // the interface's messages whose names begin with start-
}

// Start writes the first page, index.html at the root of the output: the choice of language. It is drawn by the layout "start".
func Start(ctx context.Context, dest afero.Fs, works []course.Work, opts Options) error {
	var choices []choiceData
	var home course.Work
	for _, w := range works {
		if home.Lang.Code == "" || w.Lang.Code == w.SourceLang.Code {
			home = w
		}
		c := choiceData{
			Code: w.Lang.Code, Label: w.Lang.Label, Dir: w.Lang.Direction, Name: w.Home.Title.Value, Summary: w.Home.Summary.Value,
			Href: w.Lang.Code + "/index.html", Messages: map[string]string{},
		}
		for _, m := range w.Messages {
			if len(m.ID) > 6 && m.ID[:6] == "start-" {
				c.Messages[m.ID] = m.Forms["other"]
			}
		}
		choices = append(choices, c)
	}
	front, err := json.Marshal(map[string]any{
		"title": home.Home.Title.Value, "layout": "start",
		"params": map[string]any{"choices": choices, "heading": textOf(home, home.Home.Title), "root": ""},
	})
	if err != nil {
		return fmt.Errorf("first page: %w", err)
	}
	r := New(dest, opts)
	defer r.Close()
	_, err = r.render(ctx, home, map[string]string{path.Join(root, "content/_index.md"): string(front)})
	return err
}
