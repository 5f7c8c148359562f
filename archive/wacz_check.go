package archive

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"newsarchive/archive/warc"
)

// maxDatapackage bounds a datapackage.json, in bytes.
const maxDatapackage = 16 << 20

// CheckWACZ checks a WACZ package before anything is taken from it: names that
// lead out of the package, links and doubled names are refused, and each file that
// datapackage.json lists must be there with its digest and size.
func CheckWACZ(ra io.ReaderAt, size int64, name string) error {
	if err := checkWACZ(ra, size); err != nil {
		return fmt.Errorf("check %s: %w", name, err)
	}
	return nil
}

func checkWACZ(ra io.ReaderAt, size int64) error {
	files, list, err := openZip(ra, size)
	if err != nil {
		return err
	}
	for _, f := range list {
		switch {
		case !plainName(strings.TrimSuffix(f.Name, "/")):
			return fmt.Errorf("an entry is named %.100q, which leads out of the package", f.Name)
		case f.Mode()&fs.ModeSymlink != 0:
			return fmt.Errorf("%.100q is a symbolic link", f.Name)
		}
	}
	return checkResources(files)
}

func plainName(name string) bool {
	return fs.ValidPath(name) && path.Clean(name) == name && !strings.ContainsAny(name, "\\:\x00")
}

// datapackage is what is read of datapackage.json (WACZ 1.1.1 section 5.3).
type datapackage struct {
	Resources []struct {
		Path  string `json:"path"`
		Hash  string `json:"hash"`
		Bytes *int64 `json:"bytes"`
	} `json:"resources"`
}

func checkResources(files map[string]*zip.File) error {
	f := files["datapackage.json"]
	if f == nil {
		return errors.New("it has no datapackage.json")
	}
	r, err := openEntry(f)
	if err != nil {
		return err
	}
	defer r.Close()
	var p datapackage
	if err := json.NewDecoder(io.LimitReader(r, maxDatapackage)).Decode(&p); err != nil {
		return fmt.Errorf("datapackage.json: %w", err)
	}
	for _, res := range p.Resources {
		f := files[res.Path]
		if f == nil {
			return fmt.Errorf("%.100q is listed and not there", res.Path)
		}
		if err := checkResource(f, res.Hash, res.Bytes); err != nil {
			return fmt.Errorf("%.100q: %w", res.Path, err)
		}
	}
	return nil
}

func checkResource(f *zip.File, hash string, size *int64) error {
	check := warc.NewCheck(hash)
	if check == nil {
		return fmt.Errorf("%.80q is no digest that can be checked", hash)
	}
	r, err := openEntry(f)
	if err != nil {
		return err
	}
	defer r.Close()
	n, err := io.Copy(check, r)
	if err != nil {
		return err
	}
	if size != nil && *size != n {
		return fmt.Errorf("it has %d bytes, %d are listed", n, *size)
	}
	if !check.Holds() {
		return errors.New("it does not have the digest that is listed")
	}
	return nil
}
