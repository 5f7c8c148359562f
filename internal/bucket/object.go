package bucket

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"sync"

	"github.com/minio/minio-go/v7"
)

// skip is how many bytes are read over, rather than asking again from further on.
const skip = 256 << 10

// object is an open object. Reads that follow one another share one answer of the
// service; a read from elsewhere asks for the rest of the object from there.
type object struct {
	tree *Tree
	name string
	info minio.ObjectInfo

	mu     sync.Mutex
	at     int64         // where Read reads
	body   io.ReadCloser // nil for none
	next   int64         // where body goes on
	closed bool
}

func (o *object) Stat() (fs.FileInfo, error) {
	return info{path.Base(o.name), o.info.Size, false, o.info.LastModified}, nil
}

func (o *object) Read(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n, err := o.read(p, o.at)
	o.at += int64(n)
	return n, err
}

func (o *object) ReadAt(p []byte, at int64) (n int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for n < len(p) && err == nil {
		var k int
		k, err = o.read(p[n:], at+int64(n))
		n += k
	}
	if n == len(p) {
		err = nil
	}
	return n, err
}

func (o *object) read(p []byte, at int64) (int, error) {
	if o.closed {
		return 0, errClosed
	}
	if at >= o.info.Size {
		return 0, io.EOF
	}
	if err := o.seek(at); err != nil {
		return 0, fmt.Errorf("read %s at %d: %w", o.name, at, err)
	}
	n, err := o.body.Read(p)
	o.next += int64(n)
	if err != nil {
		o.drop()
	}
	if err == io.EOF && o.next < o.info.Size {
		err = io.ErrUnexpectedEOF
	} else if err == io.EOF && n > 0 {
		err = nil
	}
	return n, err
}

// seek makes the body go on at a place.
func (o *object) seek(at int64) error {
	if o.body != nil && at > o.next && at-o.next <= skip {
		n, err := io.CopyN(io.Discard, o.body, at-o.next)
		if o.next += n; err != nil {
			o.drop()
		}
	}
	if o.body != nil && o.next == at {
		return nil
	}
	o.drop()
	get := minio.GetObjectOptions{}
	if at > 0 {
		if err := get.SetRange(at, 0); err != nil {
			return err
		}
	}
	if err := get.SetMatchETag(o.info.ETag); err != nil { // the object that was listed, or none
		return err
	}
	body, _, _, err := o.tree.b.core.GetObject(o.tree.ctx, o.tree.b.name, o.tree.b.prefix+o.name, get)
	if err != nil {
		return err
	}
	o.body, o.next = body, at
	return nil
}

func (o *object) drop() {
	if o.body != nil {
		o.body.Close()
		o.body = nil
	}
}

func (o *object) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return errClosed
	}
	o.closed = true
	o.drop()
	return nil
}
