package publish

import (
	"errors"

	"golang.org/x/sys/unix"
)

func sync(string) error { return unix.Sync() }

// exchange swaps two folders in one step.
func exchange(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	if errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EINVAL) {
		return replace(a, b)
	}
	return err
}
