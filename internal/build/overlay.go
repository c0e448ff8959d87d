package build

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/spf13/afero"
)

// overlay is a folder of the defaults with the project's own files in the place of those of the same names.
func overlay(defaults, project fs.FS, dir string) (afero.Fs, error) {
	out := afero.NewMemMapFs()
	for _, fsys := range []fs.FS{defaults, project} {
		err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == dir {
				return fs.SkipAll
			}
			if err != nil {
				return err
			}
			if d.Type()&fs.ModeSymlink != 0 {
				return fmt.Errorf("%s is a symbolic link: put the file itself there", name)
			}
			if d.IsDir() {
				return nil
			}
			b, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			return afero.WriteFile(out, path.Join("/", name[len(dir):]), b, 0o644)
		})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", dir, err)
		}
	}
	return afero.NewBasePathFs(out, "/"), nil // so that names need no leading slash, as in fs.FS
}
