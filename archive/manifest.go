package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

// entry is one line of the manifest: a sealed file.
type entry struct {
	Path     string     `json:"path"`
	Bytes    int64      `json:"bytes"`
	SHA256   string     `json:"sha256"`
	Records  int        `json:"records"`
	First    *time.Time `json:"first"` // earliest and latest date of its records
	Last     *time.Time `json:"last"`
	Previous string     `json:"previous"` // SHA-256 of the line before without its newline; "" in the first
}

// manifest appends to manifest.jsonl.
type manifest struct {
	f        *os.File
	size     int64
	previous string
	sealed   map[string]entry // newest line of each path
}

// openManifest reads the manifest and cuts off a last line that was not finished.
func openManifest(root *os.Root) (*manifest, error) {
	f, err := openFile(root, manifestFile, os.O_RDWR|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return nil, denied(err)
	}
	m := &manifest{f: f, sealed: map[string]entry{}}
	b, err := readFile(root, manifestFile)
	if err == nil {
		err = m.load(b)
	}
	if err == nil {
		err = syncFolder(root, ".")
	}
	if err == nil {
		err = m.addMarker(root)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("read %s: %w", manifestFile, err)
	}
	return m, nil
}

// addMarker lists archive.json, so that the chain begins with what the archive is.
func (m *manifest) addMarker(root *os.Root) error {
	if _, ok := m.sealed[markerFile]; ok {
		return nil
	}
	b, err := readFile(root, markerFile)
	if err != nil {
		return err
	}
	return m.add(entry{Path: markerFile, Bytes: int64(len(b)), SHA256: hexSum(b)})
}

// readManifest returns the newest line of each path.
func readManifest(root Tree) (map[string]entry, error) {
	b, err := readFile(root, manifestFile)
	if err != nil {
		return nil, err
	}
	m := &manifest{sealed: map[string]entry{}}
	err = m.lines(b[:bytes.LastIndexByte(b, '\n')+1])
	return m.sealed, err
}

func (m *manifest) load(b []byte) error {
	whole := b[:bytes.LastIndexByte(b, '\n')+1]
	if err := m.lines(whole); err != nil {
		return err
	}
	m.size = int64(len(whole))
	if len(whole) == len(b) {
		return nil
	}
	return errors.Join(m.f.Truncate(m.size), m.f.Sync())
}

// lines reads whole lines.
func (m *manifest) lines(b []byte) error {
	n := 0
	for line := range bytes.Lines(b) {
		n++
		line = bytes.TrimSuffix(line, []byte("\n"))
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		m.sealed[e.Path] = e
		m.previous = hexSum(line)
	}
	return nil
}

// add appends a line for each sealed file with one write, but for those whose
// line stands already because sealing was interrupted.
func (m *manifest) add(entries ...entry) error {
	var lines []byte
	previous := m.previous
	for _, e := range entries {
		if old, ok := m.sealed[e.Path]; ok && old.SHA256 == e.SHA256 && old.Bytes == e.Bytes {
			continue
		}
		e.Previous = previous
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		lines = append(append(lines, line...), '\n')
		previous = hexSum(line)
	}
	if len(lines) == 0 {
		return nil
	}
	if _, err := m.f.Write(lines); err != nil {
		return errors.Join(noSpace(err), m.f.Truncate(m.size))
	}
	if err := m.f.Sync(); err != nil {
		return err
	}
	m.size, m.previous = m.size+int64(len(lines)), previous
	for _, e := range entries {
		m.sealed[e.Path] = e
	}
	return nil
}

func (m *manifest) close() error { return m.f.Close() }

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
