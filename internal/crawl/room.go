package crawl

import "context"

// A room bounds what the visits of a run hold and compute at the same time, however
// many of them wait for the network.
type room struct {
	work  chan struct{} // decoding, reading and keeping a page
	large chan struct{} // holding a large answer
}

// newRoom returns a room where so many workers read pages. An eighth of them may
// have large ones: hosts that send without end leave the others their memory.
func newRoom(workers int) *room {
	return &room{work: make(chan struct{}, workers), large: make(chan struct{}, max(1, workers/8))}
}

// A place is that of one visit in the room. It belongs to one goroutine.
type place struct {
	*room
	ctx     context.Context // past its end nobody waits
	working bool
	large   bool
}

func (r *room) place(ctx context.Context) *place { return &place{room: r, ctx: ctx} }

// Enter is a page.Room's.
func (p *place) Enter(large bool) {
	switch {
	case large && !p.large:
		p.large = p.wait(p.room.large)
	case !large && !p.working:
		p.working = p.wait(p.work)
	}
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
}

// gone ends the visit.
func (p *place) gone() {
	p.Leave()
	if p.large {
		<-p.room.large
		p.large = false
	}
}
