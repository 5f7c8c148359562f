package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsarchive/page"
)

// swap replaces a folder of the archive by a link to another, and back, until stop
// is closed. It returns how often it did.
func swap(folder, to string, stop <-chan struct{}) (times int) {
	aside := folder + ".aside"
	for {
		select {
		case <-stop:
			return times
		default:
		}
		if os.Rename(folder, aside) != nil {
			continue // it is not there yet
		}
		if os.Symlink(to, folder) == nil {
			times++
			os.Remove(folder)
		}
		if os.Rename(aside, folder) != nil {
			os.RemoveAll(folder) // made anew meanwhile
			os.Rename(aside, folder)
		}
	}
}

// Whoever replaces folders of the archive by links while it is written and read
// moves no byte out of it, and has none read from outside.
func TestRacingSymlinks(t *testing.T) {
	for _, folder := range []string{"warc", "index", "articles"} {
		t.Run(folder, func(t *testing.T) { raceLinks(t, folder) })
	}
}

func raceLinks(t *testing.T, folder string) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "bait"), []byte("outside"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := opened(t, dir, Options{MaxSegment: 2000})
	stop, ended := make(chan struct{}), make(chan int)
	go func() { ended <- swap(filepath.Join(dir, folder), outside, stop) }()
	failed := 0
	for i := range 60 {
		var err error
		if a == nil { // as the next run would
			a, err = Open(dir, Options{MaxSegment: 2000})
		}
		if err == nil {
			err = putNumber(t, a, i)
		}
		if err == nil {
			continue
		}
		failed++
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("more than one line: %q", err)
		}
		if a != nil {
			_ = a.Close() // as a run would that cannot go on
			a = nil
		}
	}
	close(stop)
	times := <-ended
	if a != nil {
		_ = a.Close() // a failure is what this provokes
	}
	left, err := os.ReadDir(outside)
	if err != nil || len(left) != 1 {
		t.Errorf("outside the archive stand %v, %v", left, err)
	}
	t.Logf("%d links, %d puts failed", times, failed)
}

func putNumber(t *testing.T, a *Archive, i int) error {
	url := fmt.Sprintf("https://news.example/%02d", i)
	ex := html(t, url, strings.Repeat(fmt.Sprintf("<p>%d", i*i), 100))
	_, err := a.Put(context.Background(), &page.Capture{Requested: url, Exchanges: []page.Exchange{ex}}, &page.Reading{Row: page.Row{Outcome: page.OK, Text: url}})
	return err
}

// A row file that is a link is not followed, whoever reads.
func TestLinkedFilesAreNotRead(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "secret")
	a := opened(t, dir, Options{})
	c, r := ferry(t, "Back in service.")
	row := put(t, a, c, r)
	closed(t, a)
	file := filepath.Join(dir, filepath.FromSlash(row.WARCFile))
	if err := os.Rename(file, outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, file); err != nil {
		t.Fatal(err)
	}
	if _, err := reader(t, dir).Capture(row); !errors.Is(err, ErrSymlink) {
		t.Errorf("Capture: %v", err)
	}
}

// An archive that may be read and not written is read, and no writer begins there.
func TestReadOnlyArchive(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere; TestReadOnlyPlaces of the command drops root")
	}
	dir := t.TempDir()
	a := opened(t, dir, Options{})
	c, r := ferry(t, "Back in service.")
	row := put(t, a, c, r)
	closed(t, a)
	chmodAll(t, dir, 0o500, 0o400)
	t.Cleanup(func() { chmodAll(t, dir, 0o700, 0o600) })
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Open: %v", err)
	}
	if _, err := reader(t, dir).Capture(row); err != nil {
		t.Errorf("Capture: %v", err)
	}
}

func chmodAll(t *testing.T, dir string, folders, files fs.FileMode) {
	var names []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(name, folders|0o300) // so that the walk goes on
			names = append(names, name)
			return err
		}
		return errors.Join(err, os.Chmod(name, files))
	})
	for _, name := range names {
		err = errors.Join(err, os.Chmod(name, folders))
	}
	if err != nil {
		t.Error(err)
	}
}
