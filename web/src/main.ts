document.getElementById("page")!.textContent = "Eigenscope";
import "./page.css";
