package fetch

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
)

// A tape holds what passed over a connection for one exchange.
type tape struct {
	limit   int64 // of answer
	request []byte
	answer  []byte
	start   time.Time // of the first write
	peer    netip.Addr
	large   func() // called once, before answer is longer than most answers are; may be nil
}

// smallAnswer is how many bytes of an answer are taken without asking for room.
const smallAnswer = 1 << 20

var errFull = errors.New("response is past the size limit")

// A conn writes what passes onto the tape of the present exchange.
type conn struct {
	net.Conn
	peer netip.Addr

	mu   sync.Mutex
	tape *tape // nil between exchanges
}

// attach begins an exchange. The bytes of an earlier one stay where they are.
func (c *conn) attach(t *tape) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t.peer = c.peer
	c.tape = t
}

// detach ends the exchange of t, which does not change any more.
func (c *conn) detach(t *tape) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tape == t {
		c.tape = nil
	}
}

// received returns how many bytes of the answer t holds.
func (c *conn) received(t *tape) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(t.answer)
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n == 0 {
		return n, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.tape; t != nil && t.large != nil && len(t.answer)+n > smallAnswer {
		large := t.large
		t.large = nil
		c.mu.Unlock()
		large()
		c.mu.Lock()
	}
	t := c.tape
	if t == nil {
		return 0, io.EOF // nobody asked: the connection is done with
	}
	if room := int(t.limit) - len(t.answer); n > room {
		n, err = max(room, 0), errFull
	}
	t.add(p[:n])
	return n, err
}

// add appends what came. An answer that grows large doubles its space: fewer copies,
// and less garbage, than append makes of it.
func (t *tape) add(p []byte) {
	if size := len(t.answer); size+len(p) > cap(t.answer) && size >= smallAnswer {
		larger := make([]byte, size, max(size+len(p), int(min(2*int64(size), t.limit))))
		copy(larger, t.answer)
		t.answer = larger
	}
	t.answer = append(t.answer, p...)
}

// Write records before it writes: the answer may be read before Write returns.
func (c *conn) Write(p []byte) (int, error) {
	c.mu.Lock()
	t, before := c.tape, 0
	if t != nil {
		if len(t.request) == 0 {
			t.start = time.Now()
		}
		before = len(t.request)
		t.request = append(t.request, p...)
	}
	c.mu.Unlock()
	n, err := c.Conn.Write(p)
	if t != nil && n < len(p) {
		c.mu.Lock()
		if c.tape == t {
			t.request = t.request[:before+n]
		}
		c.mu.Unlock()
	}
	return n, err
}
