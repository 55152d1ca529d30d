// Shows the contract of this very service. Nothing is asked of another host: the validator of Swagger UI stays off.
SwaggerUIBundle({
  dom_id: "#page",
  url: new URL("../openapi.json", document.baseURI).href,
  validatorUrl: null,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
