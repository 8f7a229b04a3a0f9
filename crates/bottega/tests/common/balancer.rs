//! What a reverse proxy does before several nodes: each connection goes to the next one, and to another when it is refused.
#![allow(dead_code, reason = "each target uses a part")]

use std::io::copy;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::spawn;

use crate::common::Running;

pub struct Balancer {
    pub url: String,
    /// Address and port of each node.
    nodes: Arc<Mutex<Vec<String>>>,
}

fn place(node: &Running) -> String {
    node.url.trim_start_matches("http://").to_owned()
}

impl Balancer {
    pub fn before(nodes: &[&Running]) -> Balancer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let nodes = Arc::new(Mutex::new(nodes.iter().map(|node| place(node)).collect::<Vec<_>>()));
        let known = nodes.clone();
        spawn(move || {
            for (turn, client) in listener.incoming().enumerate() {
                let (Ok(client), known) = (client, known.clone()) else { continue };
                spawn(move || carry(&client, turn, &known));
            }
        });
        Balancer { url, nodes }
    }

    /// A node in the place of another.
    pub fn instead(&self, at: usize, node: &Running) {
        self.nodes.lock().unwrap()[at] = place(node);
    }
}

fn carry(client: &TcpStream, turn: usize, nodes: &Mutex<Vec<String>>) {
    let nodes = nodes.lock().unwrap().clone();
    let reached = (0..nodes.len()).find_map(|more| TcpStream::connect(&nodes[(turn + more) % nodes.len()]).ok());
    if let Some(node) = reached {
        let (mut there, mut back) = (client.try_clone().unwrap(), node.try_clone().unwrap());
        let sending = spawn(move || {
            let _ = copy(&mut there, &mut back);
            let _ = back.shutdown(Shutdown::Both);
        });
        let (mut from, mut to) = (&node, client);
        let _ = copy(&mut from, &mut to);
        let _ = client.shutdown(Shutdown::Both);
        let _ = sending.join();
    }
}
