package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// Slabs give out memory in small parts of larger pieces. What is given out is never
// taken back; a piece lives as long as one part of it is in use.
type slabs struct {
	nodes   []html.Node
	attrs   []html.Attribute
	strs    strings.Builder
	piece   int // bytes of text a piece
	nodeRun int // nodes a piece
	made    int // nodes
	recent  [256]string
}

// size chooses pieces for a page of that many bytes.
func (s *slabs) size(bytes int) {
	s.piece = min(max(bytes/16, 512), 16<<10)
	s.nodeRun = min(max(bytes/400, 16), 128)
}

func (s *slabs) node() *html.Node {
	if len(s.nodes) == 0 {
		s.nodes = make([]html.Node, s.nodeRun)
	}
	s.made++
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	return n
}

// attributesOf returns a copy of list that may be appended to.
func (s *slabs) attributesOf(list []html.Attribute) []html.Attribute {
	n := len(list)
	if n == 0 {
		return nil
	}
	if len(s.attrs) < n {
		s.attrs = make([]html.Attribute, max(n, s.nodeRun))
	}
	copied := s.attrs[:n:n]
	s.attrs = s.attrs[n:]
	copy(copied, list)
	return copied
}

// shared returns a copy of b, or one that was made of the same bytes shortly before: classes and
// the white space between tags come again and again.
func (s *slabs) shared(b []byte) string {
	n := len(b)
	if n < 2 || n > 64 {
		return s.str(b)
	}
	slot := &s.recent[(int(b[0])*31+int(b[n/2])*17+int(b[n-1])*7+n)%len(s.recent)]
	if *slot != string(b) {
		*slot = s.str(b)
	}
	return *slot
}

// str returns a copy of b.
func (s *slabs) str(b []byte) string {
	if len(b) < 2 {
		return string(b) // takes no memory
	}
	if len(b) > s.piece/4 {
		return string(b)
	}
	if s.strs.Cap()-s.strs.Len() < len(b) {
		s.strs = strings.Builder{}
		s.strs.Grow(s.piece)
	}
	from := s.strs.Len()
	s.strs.Write(b)
	return s.strs.String()[from:]
}
