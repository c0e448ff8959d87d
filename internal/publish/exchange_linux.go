package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// sync flushes the file system that holds dir: one call, where a flush per file would take longer than the build.
func sync(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}

// exchange swaps two folders in one step.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return replace(a, b) // a file system that cannot, such as FAT
	}
	return err
}
