//! x
use entente_chart::*;
fn main(){ let t=std::fs::read_to_string("/work/shared/data/networks/caviar.json").unwrap(); let d:serde_json::Value=serde_json::from_str(&t).unwrap(); let g=&d["graphs"][0];
let th=|id:&str| Thing{id:id.into(),label:format!("Participant {id}"),sort:Sort::ALL[id.len()*id.as_bytes()[0] as usize%10],origin:if id.len()==2{"ma"}else{"fr"}.into(),evaluation:None,span:Span::default()};
let n=Network::new(g["nodes"].as_array().unwrap().iter().map(|n|th(n["id"].as_str().unwrap())).collect(), g["edges"].as_array().unwrap().iter().map(|e|Link{from:e["a"].as_str().unwrap().into(),to:e["b"].as_str().unwrap().into(),relation:"calls".into(),directed:true,origin:"fr".into(),evaluation:Evaluation::from_code(if e["weight"].as_f64().unwrap()>2.0{"A1"}else{"C3"}),span:Span::default(),sources:vec![]}).collect()).unwrap();
let v=n.view(&Filter::default()); let t=std::time::Instant::now(); let l=Layout::of(&v).unwrap(); eprintln!("{:?} {} {}",t.elapsed(),l.width,l.height);
let r=v.read(Some("12"),0); let gr=v.groups(); let size=|id:&str| r.by_between(id);
let look=Look{ours:"fr",chosen:Some("12"),size:Some(&size),reading:Some(&r),groups:Some(&gr),address:&|_|None};
let w=Words{title:"Links",summary:"x",sort:&|s|s.code().into(),relation:&str::to_owned,linked:&|n|n.to_string(),cut:"cut",group:&|g|g.to_string()};
std::fs::write("/tmp/chart5/c.svg",chart(&v,&l,&look,&w)).unwrap();
let s:Vec<String>=(1..30).map(|n|format!("fr-{n} note of the liaison service, 2015-05-2{}",n%10)).collect();
std::fs::write("/tmp/chart5/p.svg",plate(&v,&l,(&look,&w),&Plate{paper:Paper::A4,rtl:false,handling:"DIFFUSION RESTREINTE H1",title:"Chart of fr-2015-7",drawn:"2015-05-28",legend:"Legend",signs:&[(Sign::Ours,"ours".into()),(Sign::Theirs,"theirs".into()),(Sign::Sure,"sure".into()),(Sign::Unsure,"less sure".into()),(Sign::Unassessed,"x".into()),(Sign::Cut,"cut".into())],sources:("Sources",&s),remarks:&["Figures belong to this view of this day and to nobody.".into()]})).unwrap();}
