package crawl

import (
	"context"
	"time"
)

// A room bounds what the visits of a run hold and compute at the same time, however
// many of them wait for the network.
type room struct {
	work  chan struct{} // decoding, reading and keeping a page
	large chan struct{} // holding a large answer
	aside chan struct{} // computing a large one
	open  time.Time     // held by whoever is aside: not before, while others are at work
}

// newRoom returns a room where so many workers read pages. An eighth of them may
// have large ones: hosts that send without end leave the others their memory. Large
// ones are computed one at a time, and while others are at work no more than a fifth
// of the time: they leave them the processor, too.
func newRoom(workers int) *room {
	return &room{work: make(chan struct{}, workers), large: make(chan struct{}, max(1, workers/8)), aside: make(chan struct{}, 1)}
}

// How long the next large answer waits while others are at work: for so many times
// what this one took, and at most so long, for its lease does not last for ever.
const (
	restAside = 4
	mostAside = 4 * time.Second
)

// A place is that of one visit in the room. It belongs to one goroutine.
type place struct {
	*room
	ctx     context.Context // past its end nobody waits
	working bool
	large   bool
	aside   bool
	since   time.Time // that it computes aside
}

func (r *room) place(ctx context.Context) *place { return &place{room: r, ctx: ctx} }

// Enter is a page.Room's.
func (p *place) Enter(large bool) {
	switch {
	case large && !p.large:
		p.large = p.wait(p.room.large)
	case !large && !p.working:
		if p.large && !p.aside {
			p.stepAside()
		}
		p.working = p.wait(p.work)
	}
}

// stepAside waits until a large answer may be computed.
func (p *place) stepAside() {
	if p.aside = p.wait(p.room.aside); !p.aside {
		return
	}
	for len(p.work) > 0 && time.Now().Before(p.open) && p.ctx.Err() == nil {
		time.Sleep(min(20*time.Millisecond, time.Until(p.open)))
	}
	p.since = time.Now()
}

// wait takes a place. It reports false where the context ended before.
func (p *place) wait(places chan struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	case <-p.ctx.Done():
		return false
	}
}

// Leave is a page.Room's.
func (p *place) Leave() {
	if p.working {
		<-p.work
		p.working = false
	}
	if p.aside {
		now := time.Now()
		p.open = now.Add(min(restAside*now.Sub(p.since), mostAside))
		<-p.room.aside
		p.aside = false
	}
}

// gone ends the visit.
func (p *place) gone() {
	p.Leave()
	if p.large {
		<-p.room.large
		p.large = false
	}
}
