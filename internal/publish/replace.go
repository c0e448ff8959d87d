package publish

import (
	"errors"
	"os"
	"path/filepath"
)

// replace puts folder a in the place of folder b with two renames, where the system cannot swap them in one. b's
// content is at a afterwards. If the second rename fails, b is put back.
func replace(a, b string) error {
	old := aside(b)
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(b, old); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		_ = os.Rename(old, b)
		return err
	}
	return os.Rename(old, a)
}

// aside is where dest waits to be replaced. It is hidden: a folder called public.old is somebody's own.
func aside(dest string) string {
	return filepath.Join(filepath.Dir(dest), "."+filepath.Base(dest)+".old")
}

// restore puts back a folder that a build killed between the two renames of replace left aside.
func restore(dest string) error {
	if _, err := os.Lstat(dest); !errors.Is(err, os.ErrNotExist) {
		return os.RemoveAll(aside(dest))
	}
	if err := os.Rename(aside(dest), dest); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
