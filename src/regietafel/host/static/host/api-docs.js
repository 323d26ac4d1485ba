// Draws the description of the API with Swagger UI, in the place that the page keeps free for it.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-openapi]");
  if (place && window.SwaggerUIBundle) {
    window.SwaggerUIBundle({ url: place.dataset.openapi, domNode: place, deepLinking: true, validatorUrl: null });
  }
});
