package archive

import (
	"math"
	"strings"
)

// harm is what the faults so far have told of an archive. What is only as it is since one
// of them is no fault of its own.
type harm struct {
	files  map[string]bool    // with a fault of their own
	listed map[string]bool    // by lines of the manifest that may not be as they were written
	lost   map[string][]reach // of WARC segments, where records cannot be read or believed
}

// reach is from one offset to another, which is not in it.
type reach struct{ from, to int64 }

func newHarm() harm {
	return harm{map[string]bool{}, map[string]bool{}, map[string][]reach{}}
}

// lose takes note that no record can be read from an offset on, as far as is known.
func (h *harm) lose(file string, from int64) {
	h.lost[file] = append(h.lost[file], reach{from, math.MaxInt64})
}

// found ends what was lost before an offset, and reports whether there was any.
func (h *harm) found(file string, at int64) bool {
	list := h.lost[file]
	if n := len(list); n > 0 && list[n-1].to == math.MaxInt64 {
		list[n-1].to = at
		return true
	}
	return false
}

// reaches reports whether the record at an offset was lost.
func (h *harm) reaches(file string, at int64) bool {
	for _, r := range h.lost[file] {
		if at >= r.from && at < r.to {
			return true
		}
	}
	return false
}

// session reports whether records were lost that the writer of the segment wrote.
func (h *harm) session(name string) bool {
	for file := range h.lost {
		if process(file) == process(name) {
			return true
		}
	}
	return false
}

// explains reports whether a fault of a whole file is told already: by a place in it, or by
// the manifest.
func (h *harm) explains(f Fault) bool {
	switch f.Kind {
	case FaultUnlisted:
		return h.files[manifestFile]
	case FaultMissing:
		return h.listed[f.File]
	}
	return f.Offset < 0 && (h.files[f.File] || h.listed[f.File])
}

// gone takes note of a file that is missing.
func (h *harm) gone(file string) {
	if strings.HasPrefix(file, "warc/") {
		h.lose(file, 0)
	}
}
