package build

import (
	"context"
	"errors"

	"github.com/spf13/afero"

	"lectern/internal/assets"
	"lectern/internal/course"
	"lectern/internal/diag"
	"lectern/internal/render"
)

// WritePlain writes to dir what plain Hugo needs to make the same pages, and Plain makes them: together the measure of our own cost.
func WritePlain(opts Options, dir string) error {
	s, err := open(opts)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.resolve(); err != nil {
		return err
	}
	if errs, _ := diag.Count(s.diagnostics()); errs > 0 {
		return errors.New("the content has errors")
	}
	_, names, err := assets.Build(afero.NewIOFS(s.assets))
	if err != nil {
		return err
	}
	var works []course.Work
	for _, l := range s.languages {
		works = append(works, s.work(l, everything))
	}
	return render.WritePlain(dir, works, s.renderOptions(names))
}

// Plain builds the project in dir with Hugo alone.
func Plain(ctx context.Context, dir string, log func(string)) error {
	return render.Plain(ctx, dir, log)
}
