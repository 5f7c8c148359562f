package warc

import (
	"encoding/binary"
	"hash/crc32"
)

// maxStored is the most bytes of one stored block (RFC 1951 section 3.2.4).
const maxStored = 1<<16 - 1

// addPacked appends the member of a record whose block ends with bytes that no
// deflating makes smaller. All before them is deflated, they are stored, so the
// member costs and weighs less than one that was deflated throughout.
func (b *Batch) addPacked(e Entry) error {
	last := len(e.Block) - 1
	sum, size := uint32(0), 0
	write := func(p []byte) error {
		sum, size = crc32.Update(sum, crc32.IEEETable, p), size+len(p)
		_, err := b.zw.Write(p)
		return err
	}
	b.zw.Reset(&b.buf)
	if err := write(b.head.Bytes()); err != nil {
		return err
	}
	for _, part := range e.Block[:last] {
		if err := write(part); err != nil {
			return err
		}
	}
	if err := b.zw.Flush(); err != nil { // ends at a whole byte
		return err
	}
	for _, part := range [][]byte{e.Block[last], recordEnd} {
		sum, size = crc32.Update(sum, crc32.IEEETable, part), size+len(part)
		b.storeBlocks(part)
	}
	b.buf.Write([]byte{1, 0, 0, 0xff, 0xff}) // the last block, empty
	b.buf.Write(binary.LittleEndian.AppendUint32(nil, sum))
	b.buf.Write(binary.LittleEndian.AppendUint32(nil, uint32(size)))
	return nil
}

// storeBlocks appends p as stored blocks, none of them the last of the stream.
func (b *Batch) storeBlocks(p []byte) {
	for len(p) > 0 {
		n := min(len(p), maxStored)
		var head [5]byte
		binary.LittleEndian.PutUint16(head[1:], uint16(n))
		binary.LittleEndian.PutUint16(head[3:], ^uint16(n))
		b.buf.Write(head[:])
		b.buf.Write(p[:n])
		p = p[n:]
	}
}
