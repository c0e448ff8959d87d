package publish

import (
	"errors"
	"os"
)

// replace puts folder a in the place of folder b with two renames, where the system cannot swap them in one. b's
// content is at a afterwards. If the second rename fails, b is put back.
func replace(a, b string) error {
	aside := b + asideSuffix
	if err := os.RemoveAll(aside); err != nil {
		return err
	}
	if err := os.Rename(b, aside); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		_ = os.Rename(aside, b)
		return err
	}
	return os.Rename(aside, a)
}

const asideSuffix = ".old"

// restore puts back a folder that a build killed between the two renames of replace left aside.
func restore(dest string) error {
	if _, err := os.Lstat(dest); !errors.Is(err, os.ErrNotExist) {
		return os.RemoveAll(dest + asideSuffix)
	}
	if err := os.Rename(dest+asideSuffix, dest); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
