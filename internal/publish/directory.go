// Package publish puts a finished site where people get it: whole or not at all.
package publish

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Stamp is the file at the root of every output. A folder without it is not ours, and is never replaced.
const Stamp = "lectern.json"

// ErrForeign reports a destination that holds something else.
var ErrForeign = errors.New("the destination holds files that lectern did not make")

// ErrBusy reports another build to the same destination.
var ErrBusy = errors.New("another build to the same destination is running")

// Staging is a folder beside a destination, to build in.
type Staging struct {
	Dir  string
	dest string
	lock *flock.Flock
}

// Stage prepares to replace dest. Until Commit, dest is untouched; what an earlier, killed build left aside is removed.
func Stage(dest string) (*Staging, error) {
	dest, err := filepath.Abs(dest)
	if err != nil {
		return nil, err
	}
	if err := ours(dest); err != nil {
		return nil, err
	}
	parent, base := filepath.Split(dest)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	s := &Staging{Dir: filepath.Join(parent, "."+base+".new"), dest: dest, lock: flock.New(lockFile(dest))}
	locked, err := s.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock destination: %w", err)
	}
	if !locked {
		return nil, ErrBusy
	}
	// Holding the lock, whatever is aside belongs to a build that died.
	if err := errors.Join(restore(dest), os.RemoveAll(s.Dir), os.MkdirAll(s.Dir, 0o755)); err != nil {
		_ = s.lock.Unlock()
		return nil, fmt.Errorf("stage: %w", err)
	}
	return s, nil
}

// lockFile is where builds to dest exclude each other, whatever links lead there: not beside it, where it would stay behind as
// litter.
func lockFile(dest string) string {
	if parent, err := filepath.EvalSymlinks(filepath.Dir(dest)); err == nil {
		dest = filepath.Join(parent, filepath.Base(dest))
	}
	sum := sha256.Sum256([]byte(dest))
	return filepath.Join(os.TempDir(), fmt.Sprintf("lectern-%d-%x.lock", os.Getuid(), sum[:8]))
}

// ours refuses a destination that is a file, a link, or a folder with other content.
func ours(dest string) error {
	info, err := os.Lstat(dest)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s: %w", dest, ErrForeign)
	}
	entries, err := os.ReadDir(dest)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(dest, Stamp)); len(entries) > 0 && err != nil {
		return fmt.Errorf("%s: %w", dest, ErrForeign)
	}
	return nil
}

// Commit writes everything to disk and puts the staging folder in the place of the destination.
func (s *Staging) Commit() error {
	defer s.Close()
	if err := sync(s.Dir); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if _, err := os.Lstat(s.dest); errors.Is(err, os.ErrNotExist) {
		return os.Rename(s.Dir, s.dest)
	}
	if err := ours(s.dest); err != nil { // somebody put it there meanwhile
		return err
	}
	// Afterwards the staging folder holds the old output, which Close removes.
	return exchange(s.Dir, s.dest)
}

// Close removes the staging folder and ends the lock. It is safe after Commit.
func (s *Staging) Close() error {
	if s.lock == nil {
		return nil
	}
	// The lock file stays: removing it while another build opens it would let two builds in.
	err := errors.Join(os.RemoveAll(s.Dir), s.lock.Unlock())
	s.lock = nil
	return err
}
