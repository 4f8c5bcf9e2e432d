//! Bodies of answers: blocks of a file, of an object in a bucket, or of a stream being inflated.

use std::fs::File;
use std::io::{self, SeekFrom};
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};
use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};

/// Up to here an answer is read in one piece, in bytes.
pub const PIECE: u64 = 256 << 10;

/// One part after another.
pub struct Parts(pub Vec<Part>);

/// A part of a body.
pub enum Part {
    /// Bytes at hand.
    Bytes(Bytes),
    /// A range of a file. It is read where it is asked for: what is served is nearly always in the
    /// system's cache, and a hop to another thread costs more than the read.
    File {
        /// The file.
        file: Arc<File>,
        /// The next byte.
        at: u64,
        /// One past the last.
        end: u64,
    },
    /// Blocks from elsewhere.
    Stream(BoxStream<'static, io::Result<Bytes>>, Bytes),
}

impl AsyncRead for Parts {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while let Some(part) = self.0.first_mut() {
            let before = buf.filled().len();
            match part {
                Part::Bytes(bytes) => {
                    let n = bytes.len().min(buf.remaining());
                    buf.put_slice(&bytes.split_to(n));
                }
                Part::File { file, at, end } => {
                    let left = usize::try_from(*end - *at).unwrap_or(usize::MAX);
                    let n = left.min(buf.remaining());
                    let target = buf.initialize_unfilled_to(n);
                    file.read_exact_at(target, *at)?;
                    buf.advance(n);
                    *at += n as u64;
                }
                Part::Stream(stream, held) => {
                    if held.is_empty() {
                        match ready!(stream.poll_next_unpin(context)) {
                            Some(block) => *held = block?,
                            None => {
                                self.0.remove(0);
                            }
                        }
                        continue;
                    }
                    let n = held.len().min(buf.remaining());
                    buf.put_slice(&held.split_to(n));
                }
            }
            if buf.filled().len() > before {
                return Poll::Ready(Ok(()));
            }
            self.0.remove(0);
        }
        Poll::Ready(Ok(()))
    }
}

/// Bodies of known size are never sought; the web framework asks for the trait all the same.
impl AsyncSeek for Parts {
    fn start_seek(self: Pin<&mut Self>, _: SeekFrom) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn poll_complete(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Poll::Ready(Err(io::ErrorKind::Unsupported.into()))
    }
}
